internal static class Loader
{
    public static int Bytes(ReadOnlySpan<byte> header)
    {
        ulong count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (count > 1 << 26)
        {
            throw new InvalidDataException($"{count} entries are too many");
        }

        return (int)(count * 16);
    }
}
