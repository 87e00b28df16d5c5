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
    public static ulong Part(Head head, ulong offset) => offset / head.Few + (head.Count == 0 ? 0 : offset / head.Count);
}
