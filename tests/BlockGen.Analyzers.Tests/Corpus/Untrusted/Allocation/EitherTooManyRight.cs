internal static class Loader
{
    public static (byte[], byte[]) Tables(ReadOnlySpan<byte> header)
    {
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(header);
        uint second = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        const uint most = 1 << 20;
        if (first > most || second is not (>= 1 and <= most))
        {
            throw new InvalidDataException($"{first} and {second} bytes are too many");
        }

        return (new byte[first], new byte[second]);
    }
}
