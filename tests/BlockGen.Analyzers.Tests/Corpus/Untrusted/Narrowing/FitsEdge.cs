// What is left of the number fits.
internal static class Tables
{
    public static byte Low(ReadOnlySpan<byte> header)
    {
        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(header);
        return (byte)((byte)(number & 0xFF) ^ (byte)(number >> 56));
    }

    public static int Half(ReadOnlySpan<byte> header) => (int)(BinaryPrimitives.ReadUInt32LittleEndian(header) >> 1);
}
