internal static class Names
{
    public static int Sum(ReadOnlySpan<byte> header)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(header);
        Span<byte> name = stackalloc byte[length]; // expect: BG5002
        name.Clear();
        return name.Length;
    }
}
