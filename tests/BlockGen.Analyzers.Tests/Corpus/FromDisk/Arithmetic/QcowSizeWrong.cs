// CVE-2014-0223, QEMU's qcow driver: the image size was rounded up and wrapped around.
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
