internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header)
    {
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        uint most = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        return new byte[Math.Clamp(bytes, 0u, most)]; // expect: BG5001
    }
}
