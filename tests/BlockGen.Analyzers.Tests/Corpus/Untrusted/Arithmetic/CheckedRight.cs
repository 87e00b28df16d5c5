internal static class Loader
{
    public static ulong Bytes(ReadOnlySpan<byte> header)
    {
        checked
        {
            ulong count = BinaryPrimitives.ReadUInt64LittleEndian(header);
            count += BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
            count++;
            return count * 65536;
        }
    }
}
