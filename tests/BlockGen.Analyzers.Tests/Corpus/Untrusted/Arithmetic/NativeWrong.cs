internal static class Loader
{
    public static nuint Bytes(ReadOnlySpan<byte> header)
    {
        nuint count = (nuint)BinaryPrimitives.ReadUInt64LittleEndian(header);
        count *= 8; // expect: BG5011
        return count;
    }
}
