internal static class Loader
{
    public static byte[] Table(ReadOnlySpan<byte> header)
    {
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ushort)bytes, (ushort)4096); // expect: BG5010
        return new byte[bytes]; // expect: BG5001
    }
}
