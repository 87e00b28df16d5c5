using System.Runtime.CompilerServices;

namespace BlockGen;

/// <summary>A set of host clusters; memory grows with what is used, not with what a file claims.</summary>
internal sealed class HostSpaceMap
{
    private const int ChunkBits = 1 << 15;
    private const int NearChunks = 1 << 10;

    private readonly ulong[]?[] _near = new ulong[]?[NearChunks]; // the first ones: all there are in most images
    private readonly Dictionary<ulong, ulong[]> _far = [];

    /// <summary>Members.</summary>
    public ulong Count { get; private set; }

    /// <summary>Adds clusters; false when one of them is there already.</summary>
    public bool TryAdd(ulong first, ulong end)
    {
        bool areNew = true;
        for (ulong unit = first; unit < end; unit++)
        {
            areNew &= TryAdd(unit);
        }

        return areNew;
    }

    /// <summary>Adds a cluster; false when it is there already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(ulong unit)
    {
        ulong[] chunk = Find(unit / ChunkBits) ?? Add(unit / ChunkBits);
        ref ulong word = ref chunk[unit % ChunkBits / 64];
        ulong bit = 1UL << (int)(unit % 64);
        if ((word & bit) != 0)
        {
            return false;
        }

        word |= bit;
        Count++;
        return true;
    }

    /// <summary>Whether a cluster is a member.</summary>
    public bool Contains(ulong unit) =>
        Find(unit / ChunkBits) is { } chunk
        && (chunk[unit % ChunkBits / 64] >> (int)(unit % 64) & 1) != 0;

    /// <summary>
    /// The runs of clusters from <paramref name="first"/> up to <paramref name="end"/> that are not members.
    /// </summary>
    public IEnumerable<(ulong First, ulong Count)> FindGaps(ulong first, ulong end)
    {
        ulong gap = first;
        for (ulong unit = first; unit < end;)
        {
            if (Find(unit / ChunkBits) is not { } chunk)
            {
                unit = (unit / ChunkBits + 1) * ChunkBits;
                continue;
            }

            if ((chunk[unit % ChunkBits / 64] >> (int)(unit % 64) & 1) != 0)
            {
                if (gap < unit)
                {
                    yield return (gap, unit - gap);
                }

                gap = unit + 1;
            }

            unit++;
        }

        if (gap < end)
        {
            yield return (gap, end - gap);
        }
    }

    private ulong[]? Find(ulong index) =>
        index < NearChunks ? _near[index] : _far.GetValueOrDefault(index);

    private ulong[] Add(ulong index)
    {
        ulong[] chunk = new ulong[ChunkBits / 64];
        if (index < NearChunks)
        {
            _near[index] = chunk;
        }
        else
        {
            _far.Add(index, chunk);
        }

        return chunk;
    }
}
