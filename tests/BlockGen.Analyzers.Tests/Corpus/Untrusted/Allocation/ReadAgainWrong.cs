internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header)
    {
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, 1u << 20);
        for (int place = 4; place < 12; place += 4)
        {
            bytes = BinaryPrimitives.ReadUInt32LittleEndian(header[place..]);
        }

        return new byte[bytes]; // expect: BG5001
    }
}
