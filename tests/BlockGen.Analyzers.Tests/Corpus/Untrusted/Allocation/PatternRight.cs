internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header) is <= 1 << 20 and var bytes
            ? new byte[bytes]
            : throw new InvalidDataException("the table is too large");
}
