using System.Runtime.InteropServices;

namespace BlockGen.Concurrency.Tests.Guests;

/// <summary>
/// What each sector of a disk may hold while requests overlap. A sector is filled with one number. A read may see every
/// change that began before it ended, unless another one followed that was over before the read began.
/// </summary>
internal sealed class SectorHistory(uint[] initial)
{
    public const int SectorBytes = 512;

    private readonly object _lock = new();
    private readonly List<Change> _changes = []; // guarded by _lock
    private int _now; // guarded by _lock

    public int SectorCount => initial.Length;

    /// <summary>The moment, for <see cref="Expect"/>.</summary>
    public int Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>A write or zeroing (value 0) begins; of a discard the old content may stay.</summary>
    public Change Begin(int sector, int count, uint value, bool mayKeepOld)
    {
        lock (_lock)
        {
            Change change = new(sector, count, value, mayKeepOld, ++_now);
            _changes.Add(change);
            return change;
        }
    }

    public void End(Change change)
    {
        lock (_lock)
        {
            change.Ended = ++_now;
        }
    }

    /// <summary>Sectors hold what a read may see that began at a moment and ends now.</summary>
    public void Expect(string what, int sector, ReadOnlySpan<byte> found, int begun)
    {
        ReadOnlySpan<uint> numbers = MemoryMarshal.Cast<byte, uint>(found);
        const int perSector = SectorBytes / sizeof(uint);
        for (int i = 0; i < found.Length / SectorBytes; i++)
        {
            ReadOnlySpan<uint> inSector = numbers.Slice(i * perSector, perSector);
            HashSet<uint> allowed = Allowed(sector + i, begun);
            Assert.True(
                inSector.IndexOfAnyExcept(inSector[0]) < 0 && allowed.Contains(inSector[0]),
                $"{what}: sector {sector + i} holds {inSector[0]:x}..{inSector[^1]:x}, not one of "
                + string.Join(", ", allowed.Select(value => $"{value:x}")));
        }
    }

    public static byte[] Fill(uint value, int sectorCount)
    {
        byte[] bytes = new byte[sectorCount * SectorBytes];
        MemoryMarshal.Cast<byte, uint>(bytes.AsSpan()).Fill(value);
        return bytes;
    }

    private HashSet<uint> Allowed(int sector, int begun)
    {
        lock (_lock)
        {
            Change first = new(0, SectorCount, initial[sector], false, 0) { Ended = 0 };
            Change[] here = [first, .. _changes.Where(change => change.Covers(sector))];
            return [.. here
                .Where(change => !here.Any(later =>
                    later.Begun > change.Ended && later.Ended < begun && !later.MayKeepOld))
                .Select(change => change.Value)];
        }
    }

    /// <summary>A change of some sectors.</summary>
    public sealed record Change(int Sector, int Count, uint Value, bool MayKeepOld, int Begun)
    {
        /// <summary>When it was over.</summary>
        public int Ended { get; set; } = int.MaxValue;

        public bool Covers(int sector) => sector >= Sector && sector < Sector + Count;
    }
}
