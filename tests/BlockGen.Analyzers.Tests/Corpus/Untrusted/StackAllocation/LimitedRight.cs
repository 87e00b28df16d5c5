internal static class Names
{
    private const int MaxLength = 255;

    public static int Sum(ReadOnlySpan<byte> header)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(header);
        if (length > MaxLength)
        {
            throw new InvalidDataException($"a name of {length} bytes is too long");
        }

        Span<byte> copy = stackalloc byte[length];
        Span<byte> other = stackalloc byte[MaxLength];
        return copy.Length + other.Length;
    }
}
