// CVE-2014-0143, QEMU's bochs driver (commit e3737b820b): catalog_size could be huge, and overflow when multiplied.
[DiskStruct(ByteOrder.Little)]
public readonly partial record struct BochsHead
{
    [Magic(0x0002_0000)] public uint Version { get; init; }
    public uint Catalog { get; init; }
}

internal static class Bochs
{
    public static byte[] Catalog(in BochsHead header)
    {
        uint bytes = header.Catalog * 4; // expect: BG5011
        return new byte[bytes]; // expect: BG5001
    }
}
