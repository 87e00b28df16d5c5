[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Head
{
    [InRange(Max = 1 << 20)] public uint TableBytes { get; init; }
    [PowerOfTwo(Min = 512, Max = 1 << 16)] public uint ClusterSize { get; init; }
    [OneOf(4, 8)] public uint EntryBytes { get; init; }
    [AtMost(nameof(TableBytes))] public uint UsedBytes { get; init; }
}

internal sealed class Loader
{
    public static byte[][] Buffers(Head header) =>
        [new byte[header.TableBytes], new byte[header.ClusterSize], new byte[header.EntryBytes], new byte[header.UsedBytes]];
}
