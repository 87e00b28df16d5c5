internal static class Loader
{
    public static ulong Bytes(ReadOnlySpan<byte> header)
    {
        ulong count = BinaryPrimitives.ReadUInt64LittleEndian(header);
        checked
        {
            return Product(count, 65536);
        }
    }

    private static ulong Product(ulong count, ulong size) => count * size; // expect: BG5011
}
