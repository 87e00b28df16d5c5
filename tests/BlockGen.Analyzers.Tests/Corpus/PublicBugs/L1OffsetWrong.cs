// CVE-2014-0144, QEMU's qcow2 driver (commit 2d51c32c4b): the active L1 table's place was not validated.
[DiskStruct(ByteOrder.Big)]
public readonly partial record struct Qcow2Head
{
    [Magic("QFI\xfb")] public uint Magic { get; init; }
    public ulong L1TableOffset { get; init; }
}

internal sealed class L1(IStorage storage, Qcow2Head header)
{
    private readonly byte[] _table = new byte[65536];

    public ValueTask LoadAsync(CancellationToken cancellation) =>
        storage.ReadAsync(new HostOffset(header.L1TableOffset), _table, cancellation); // expect: BG5007
}
