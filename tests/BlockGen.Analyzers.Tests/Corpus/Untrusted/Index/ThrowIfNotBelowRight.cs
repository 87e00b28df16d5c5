internal static class Loader
{
    public static ulong Entry(ulong[] table, ReadOnlySpan<byte> header)
    {
        int index = BinaryPrimitives.ReadInt32BigEndian(header);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, table.Length);
        return table[index];
    }
}
