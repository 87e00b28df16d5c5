internal static class Counter
{
    public static ulong Sum(ReadOnlySpan<byte> header)
    {
        ulong sum = 1;
        ulong left = BinaryPrimitives.ReadUInt64LittleEndian(header);
        while (left-- != 0) // expect: BG5003
        {
            sum = (sum >> 1) ^ 0xedb8_8320;
        }

        return sum;
    }
}
