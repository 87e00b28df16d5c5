internal static class Loader
{
    public static int Sum(ReadOnlySpan<byte> header)
    {
        int bytes = header[0] << 16 | header[1] << 8 | header[2];
        Span<byte> room = bytes < 1024 ? new byte[bytes] : stackalloc byte[bytes]; // expect: BG5002
        return room.Length;
    }
}
