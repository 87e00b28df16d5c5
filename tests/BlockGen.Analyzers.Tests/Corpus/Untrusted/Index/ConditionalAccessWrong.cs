internal static class Loader
{
    public static ulong? Entry(ulong[]? table, ReadOnlySpan<byte> header)
    {
        int index = BinaryPrimitives.ReadInt32BigEndian(header);
        if (index >= table?.Length)
        {
            return null;
        }

        return table?[index]; // expect: BG5006
    }
}
