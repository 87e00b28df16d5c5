internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header)
    {
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        return new byte[Math.Max(bytes, 4096u)]; // expect: BG5001
    }
}
