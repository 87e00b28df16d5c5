internal static class Counter
{
    public static ulong Sum(ReadOnlySpan<byte> header)
    {
        ulong sum = 0;
        uint left = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header), 4096);
        while (left-- > 0)
        {
            sum = (sum >> 1) ^ 0xedb8_8320;
        }

        foreach (byte one in header)
        {
            sum ^= one;
        }

        return sum;
    }
}
