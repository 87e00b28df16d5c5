internal static class Loader
{
    public static ulong Place(ulong at, ReadOnlySpan<byte> header)
    {
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(header);
        ulong first = at / Math.Max(1, size);
        ArgumentOutOfRangeException.ThrowIfZero(size);
        return first ^ (at % size);
    }
}
