internal static class Tables
{
    public static (int, uint) Bytes(ReadOnlySpan<byte> header)
    {
        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(header);
        ulong second = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
        return second <= uint.MaxValue ? (checked((int)first), (uint)second) : throw new InvalidDataException();
    }
}
