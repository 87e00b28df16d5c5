[DiskStruct(ByteOrder.Big)]
public readonly partial record struct Head
{
    [InRange(Max = 1 << 10)]
    public uint ClusterCount { get; init; }

    [PowerOfTwo(Min = 512, Max = 1 << 21)]
    public uint ClusterSize { get; init; }
}

internal static class Loader
{
    public static uint Bytes(Head header) => (uint)((ulong)header.ClusterCount * header.ClusterSize);
}
