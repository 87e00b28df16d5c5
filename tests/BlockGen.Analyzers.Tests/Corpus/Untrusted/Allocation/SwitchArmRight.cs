internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header) switch
    {
        0 => [],
        > 1 << 20 => throw new InvalidDataException("the table is too large"),
        uint bytes => new byte[bytes],
    };
}
