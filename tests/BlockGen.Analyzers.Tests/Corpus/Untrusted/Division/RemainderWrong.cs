internal static class Loader
{
    public static (ulong, ulong) Place(ulong at, ReadOnlySpan<byte> header)
    {
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(header);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1UL << 21);
        return Math.DivRem(at, size); // expect: BG5009
    }
}
