internal static class Loader
{
    public static List<ulong> Table(ReadOnlySpan<byte> header)
    {
        int count = BinaryPrimitives.ReadInt32LittleEndian(header);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1 << 16);
        List<ulong> entries = new(count);
        for (int left = count; left > 0; left--)
        {
            entries.Add(0);
        }

        return entries;
    }
}
