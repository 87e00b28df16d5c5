internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header)
    {
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        int entries = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        byte[] table = new byte[Math.Min(bytes, 4096)];
        return [.. table, .. new byte[Math.Clamp(entries, 0, 64)]];
    }
}
