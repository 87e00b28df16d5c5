[DiskStruct(ByteOrder.Little)]
public readonly partial record struct Head
{
    [PowerOfTwo(Max = 1 << 20)] public uint ClusterSize { get; init; }
    [AlignedTo(nameof(ClusterSize))] public HostOffset TableOffset { get; init; }
}

internal sealed class Loader(IStorage storage)
{
    public ValueTask LoadAsync(Head header, Memory<byte> table, CancellationToken cancellation) =>
        storage.ReadAsync(header.TableOffset, table, cancellation); // expect: BG5007
}
