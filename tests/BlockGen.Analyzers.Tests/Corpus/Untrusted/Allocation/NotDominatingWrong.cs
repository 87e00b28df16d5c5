internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header, bool strict)
    {
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (strict && bytes > 1 << 20)
        {
            throw new InvalidDataException($"{bytes} bytes are too many");
        }

        return new byte[bytes]; // expect: BG5001
    }
}
