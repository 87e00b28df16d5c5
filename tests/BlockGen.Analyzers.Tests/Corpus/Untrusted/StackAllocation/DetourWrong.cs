internal static class Names
{
    private static int Length(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[4..]);

    public static int Sum(ReadOnlySpan<byte> header)
    {
        (int Start, int Length) name = (0, Length(header));
        Span<byte> copy = stackalloc byte[name.Length]; // expect: BG5002
        return copy.Length;
    }

    public static int Reversed(ReadOnlySpan<byte> header)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length >= 128)
        {
            Span<byte> copy = stackalloc byte[checked((int)length)]; // expect: BG5002
            return copy.Length;
        }

        return 0;
    }
}
