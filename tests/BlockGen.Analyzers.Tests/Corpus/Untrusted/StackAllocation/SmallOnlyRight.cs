internal static class Loader
{
    public static int Sum(ReadOnlySpan<byte> header)
    {
        int bytes = BinaryPrimitives.ReadUInt16LittleEndian(header);
        Span<byte> room = bytes <= 256 ? stackalloc byte[bytes] : new byte[bytes];
        return room.Length;
    }
}
