// CVE-2014-0144, QEMU's vdi driver (commit 63fa06dc97): blocks_in_image sized the block map unchecked.
[DiskStruct(ByteOrder.Little)]
public readonly partial record struct VdiHead
{
    [Magic(0xbeda107f)] public uint Signature { get; init; }
    public uint BlocksInImage { get; init; }
}

internal sealed class VdiMap(VdiHead header)
{
    private readonly uint[] _map = new uint[header.BlocksInImage]; // expect: BG5001

    public int EntryCount => _map.Length;
}
