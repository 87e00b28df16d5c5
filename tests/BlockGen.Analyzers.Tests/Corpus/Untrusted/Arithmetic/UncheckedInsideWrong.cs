internal static class Loader
{
    public static bool Fits(ReadOnlySpan<byte> header, ulong length)
    {
        ulong start = BinaryPrimitives.ReadUInt64LittleEndian(header);
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
        return checked(unchecked(start + bytes) <= length); // expect: BG5011
    }
}
