namespace BlockGen.Drivers.Tests.Repairing;

/// <summary>Damages the map and the header of a VDI image.</summary>
internal sealed class VdiDamage(MemoryStorage storage, byte[] content)
{
    public const int BlockBytes = 1 << 20;

    private const ulong MapAt = 512;
    private const ulong CountAt = 388;

    public static readonly Dictionary<string, DamageKind<VdiDamage>> Kinds = new()
    {
        ["leak"] = new(disk => disk.Lose(1), CheckProblem.WrongCount),
        ["leaks everywhere"] = new(disk => disk.Lose(0, 2, 4), CheckProblem.WrongCount),
        ["leaked tail"] = new(disk => disk.AddTail()),
        ["count too low"] = new(disk => disk.Count(2), CheckProblem.WrongCount),
        ["count too high"] = new(disk => disk.Count(8), CheckProblem.WrongCount),
        ["two entries for one block"] = new(
            disk => disk.Share(0, 6), CheckProblem.Overlap, CheckProblem.WrongCount),
        ["block outside"] = new(disk => disk.Lose(4).Point(4, 50), CheckProblem.OutOfBounds),
        ["block far outside"] = new(disk => disk.Lose(4).Point(4, 0xfffffff0), CheckProblem.OutOfBounds),
        ["everything at once"] = new(
            disk => disk.Lose(1, 4).Point(1, 50).Share(0, 6).Share(2, 7).Count(8),
            CheckProblem.OutOfBounds, CheckProblem.Overlap, CheckProblem.Overlap, CheckProblem.WrongCount),
    };

    /// <summary>Blocks that nothing names any more.</summary>
    public VdiDamage Lose(params int[] blocks)
    {
        foreach (int block in blocks)
        {
            Point(block, uint.MaxValue);
            content.AsSpan(block * BlockBytes, BlockBytes).Clear();
        }

        return this;
    }

    /// <summary>Lets a block's entry say something else; what guests read there stays as it was.</summary>
    public VdiDamage Point(int block, uint index)
    {
        storage.Poke32(EntryAt(block), index);
        return this;
    }

    /// <summary>The second block's entry names the first one's space: guests read the same there.</summary>
    public VdiDamage Share(int first, int second)
    {
        content.AsSpan(first * BlockBytes, BlockBytes).CopyTo(content.AsSpan(second * BlockBytes));
        return Point(second, storage.Peek32(EntryAt(first)));
    }

    public VdiDamage Count(uint count)
    {
        storage.Poke32(CountAt, count);
        return this;
    }

    /// <summary>Space at the end of the file.</summary>
    public VdiDamage AddTail()
    {
        storage.Store(storage.Length, RandomBytes(BlockBytes + 1000, 3));
        return this;
    }

    private static ulong EntryAt(int block) => MapAt + (ulong)block * sizeof(uint);
}
