[DiskStruct(ByteOrder.Little, Size = 64)]
public readonly partial record struct Head
{
    [Magic("HEAD")] public uint Magic { get; init; }
    public uint Count { get; init; }
    public ulong Place { get; init; }
    public ushort Small { get; init; }
    [InRange(Min = 1, Max = 1024)] public uint Few { get; init; }
}

internal static class Use
{
    public static byte[] Table(Head head) => new byte[head.Count]; // expect: BG5001
}
