internal static class Loader
{
    public static ushort Sum(ReadOnlySpan<byte> header)
    {
        ushort sum = 512;
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (bytes > 65535)
        {
            throw new InvalidDataException($"{bytes} bytes are too many");
        }

        sum += (ushort)(bytes + 512); // expect: BG5011, BG5010
        return sum;
    }
}
