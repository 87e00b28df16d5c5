internal static class Loader
{
    public static ulong Bytes(ReadOnlySpan<byte> header)
    {
        UInt128 count = BinaryPrimitives.ReadUInt64LittleEndian(header);
        UInt128 bytes = count * 65536;
        return bytes <= 1UL << 50 ? (ulong)bytes : throw new InvalidDataException($"{bytes} bytes are too many");
    }
}
