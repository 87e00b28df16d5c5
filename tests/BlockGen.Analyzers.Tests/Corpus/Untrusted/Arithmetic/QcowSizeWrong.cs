// CVE-2014-0223, QEMU's qcow driver (commit 46485de0cb): a huge image size made the size of the L1 table overflow.
[DiskStruct(ByteOrder.Big)]
public readonly partial record struct QcowHead
{
    public ulong DiskBytes { get; init; }
}

internal static class Qcow
{
    public static ulong Entries(QcowHead header, int shift) =>
        (header.DiskBytes + (1UL << shift) - 1) >> shift; // expect: BG5011
}
