internal static class Loader
{
    private const uint Most = 1 << 20;

    public static List<ulong> Table(ReadOnlySpan<byte> header)
    {
        int count = BinaryPrimitives.ReadInt32LittleEndian(header);
        int level = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 16);
        return new List<ulong>(count); // expect: BG5001
    }
}
