internal static class Loader
{
    public static ulong Bytes(ReadOnlySpan<byte> header)
    {
        Int128 count = BinaryPrimitives.ReadUInt64LittleEndian(header);
        Int128 size = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
        return (ulong)(count * size); // expect: BG5010, BG5011
    }
}
