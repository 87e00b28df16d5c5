internal static class Loader
{
    private static bool TryCount(ReadOnlySpan<byte> header, out uint count)
    {
        count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        return count is > 0 and < 1 << 16;
    }

    public static ulong[] Table(ReadOnlySpan<byte> header) =>
        TryCount(header, out uint count) ? new ulong[count] : throw new InvalidDataException("no table");
}
