// CVE-2014-0143, QEMU's parallels driver (commit afbcc40bee): the size of the catalog wrapped around.
internal static class Catalog
{
    public static uint Bytes(ReadOnlySpan<byte> header)
    {
        uint entries = BinaryPrimitives.ReadUInt32LittleEndian(header);
        return entries * 4; // expect: BG5011
    }
}
