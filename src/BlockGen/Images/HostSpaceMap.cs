namespace BlockGen;

/// <summary>A set of host clusters; memory grows with what is used, not with what a file claims.</summary>
internal sealed class HostSpaceMap
{
    private const int ChunkBits = 1 << 15;

    private readonly Dictionary<ulong, ulong[]> _chunks = [];

    /// <summary>Members.</summary>
    public ulong Count { get; private set; }

    /// <summary>Adds a cluster; false when it is there already.</summary>
    public bool TryAdd(ulong unit)
    {
        if (!_chunks.TryGetValue(unit / ChunkBits, out ulong[]? chunk))
        {
            chunk = new ulong[ChunkBits / 64];
            _chunks.Add(unit / ChunkBits, chunk);
        }

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
        _chunks.TryGetValue(unit / ChunkBits, out ulong[]? chunk)
        && (chunk[unit % ChunkBits / 64] >> (int)(unit % 64) & 1) != 0;

    /// <summary>
    /// The runs of clusters from <paramref name="first"/> up to <paramref name="end"/> that are not members.
    /// </summary>
    public IEnumerable<(ulong First, ulong Count)> FindGaps(ulong first, ulong end)
    {
        ulong gap = first;
        for (ulong unit = first; unit < end;)
        {
            if (!_chunks.TryGetValue(unit / ChunkBits, out ulong[]? chunk))
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
}
