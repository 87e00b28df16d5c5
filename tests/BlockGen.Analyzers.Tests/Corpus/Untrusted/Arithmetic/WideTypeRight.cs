internal static class Catalog
{
    public static ulong Bytes(ReadOnlySpan<byte> header)
    {
        uint entries = BinaryPrimitives.ReadUInt32LittleEndian(header);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        return checked(entries + size) + entries * (ulong)size;
    }
}
