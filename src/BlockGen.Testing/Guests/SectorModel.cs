using System.Runtime.InteropServices;

namespace BlockGen.Testing;

/// <summary>
/// What each 512-byte sector of a disk may hold, when writes may be lost that no flush vouched for, or failed half-way.
/// </summary>
/// <remarks>
/// A sector is filled with one number. Moments are numbers that grow; what they count is the caller's. Not thread-safe.
/// </remarks>
/// <param name="initial">What each sector holds at first.</param>
public sealed class SectorModel(uint[] initial)
{
    /// <summary>Bytes in one sector.</summary>
    public const int SectorBytes = 512;

    private readonly List<Change>[] _changes = [.. initial.Select(_ => new List<Change>())];
    private readonly List<(int Moment, int Ordinal)> _flushes = [];
    private int _ordinal;

    /// <summary>Sectors of the disk.</summary>
    public int SectorCount => initial.Length;

    /// <summary>A write or zeroing (of value 0) that began at a moment.</summary>
    /// <param name="sector">The first sector.</param>
    /// <param name="count">How many.</param>
    /// <param name="value">The number in them.</param>
    /// <param name="moment">When it began.</param>
    /// <param name="mayKeepOld">Whether the old value may stay: it failed, or was a discard.</param>
    public void Set(int sector, int count, uint value, int moment, bool mayKeepOld)
    {
        _ordinal++;
        for (int i = 0; i < count; i++)
        {
            _changes[sector + i].Add(new Change(_ordinal, moment, value, mayKeepOld));
        }
    }

    /// <summary>A flush that ended at a moment: from then on everything before it stays.</summary>
    public void Flush(int moment) => _flushes.Add((moment, _ordinal));

    /// <summary>
    /// What is wrong with the disk's content; null when it is possible.
    /// </summary>
    /// <param name="content">All of it.</param>
    /// <param name="moment">When the power was cut; the largest number when it was not.</param>
    /// <param name="mayLose">Whether what no flush vouched for may be lost.</param>
    public string? FindImpossible(ReadOnlySpan<byte> content, int moment, bool mayLose)
    {
        ReadOnlySpan<uint> numbers = MemoryMarshal.Cast<byte, uint>(content);
        int flushed = mayLose
            ? _flushes.Where(flush => flush.Moment <= moment).Select(flush => flush.Ordinal).DefaultIfEmpty(0).Max()
            : int.MaxValue;
        const int perSector = SectorBytes / sizeof(uint);
        for (int sector = 0; sector < SectorCount; sector++)
        {
            ReadOnlySpan<uint> found = numbers.Slice(sector * perSector, perSector);
            HashSet<uint> allowed = Allowed(sector, flushed, moment);
            if (found.IndexOfAnyExcept(found[0]) >= 0 || !allowed.Contains(found[0]))
            {
                string possible = string.Join(", ", allowed.Select(value => $"{value:x}"));
                return $"sector {sector} holds {found[0]:x}..{found[^1]:x}, not one of {possible}";
            }
        }

        return null;
    }

    /// <summary>Sectors full of one number.</summary>
    public static byte[] Fill(uint value, int sectorCount)
    {
        byte[] bytes = new byte[sectorCount * SectorBytes];
        MemoryMarshal.Cast<byte, uint>(bytes.AsSpan()).Fill(value);
        return bytes;
    }

    private HashSet<uint> Allowed(int sector, int flushed, int moment)
    {
        HashSet<uint> allowed = [initial[sector]];
        foreach (Change change in _changes[sector])
        {
            if (change.Ordinal > flushed && change.Moment > moment)
            {
                break;
            }

            if (change.Ordinal <= flushed && !change.MayKeepOld)
            {
                allowed.Clear();
            }

            allowed.Add(change.Value);
        }

        return allowed;
    }

    private readonly record struct Change(int Ordinal, int Moment, uint Value, bool MayKeepOld);
}
