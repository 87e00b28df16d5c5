// A byte cannot exhaust the stack, and the other one is small or comes from the heap.
internal static class Names
{
    public static int Sum(ReadOnlySpan<byte> header)
    {
        Span<byte> first = stackalloc byte[header[0]];
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (length > 4096)
        {
            throw new InvalidDataException();
        }

        Span<byte> second = length <= 256 ? stackalloc byte[(int)length] : new byte[length];
        return first.Length + second.Length;
    }
}
