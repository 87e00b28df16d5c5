// CVE-2014-0222, QEMU's qcow driver (commit 42eb58179b): l2_bits sized the L2 tables, and nothing limited it.
[DiskStruct(ByteOrder.Big)]
public readonly partial record struct QcowHead
{
    [Magic("QFI\xfb")] public uint Magic { get; init; }
    public byte L2Bits { get; init; }
}

internal static class Tables
{
    public static ulong[] New(QcowHead header) => new ulong[1L << header.L2Bits]; // expect: BG5001, BG5008
}
