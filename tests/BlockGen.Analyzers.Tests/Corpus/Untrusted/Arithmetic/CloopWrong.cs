// CVE-2014-0143, QEMU's cloop driver (commit 509a41bab5): the size of the table of offsets wrapped around.
[DiskStruct(ByteOrder.Big)]
public readonly partial record struct CloopHead
{
    [PowerOfTwo(Min = 512, Max = 1 << 26)] public uint BlockBytes { get; init; }
    public uint BlockCount { get; init; }
}

internal static class Cloop
{
    public static uint OffsetBytes(CloopHead header)
    {
        uint count = header.BlockCount + 1; // expect: BG5011
        return count << 3; // expect: BG5011
    }
}
