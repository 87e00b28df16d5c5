internal static class Counter
{
    public static ulong Sum(ReadOnlySpan<byte> header)
    {
        ulong sum = 0;
        for (uint left = BinaryPrimitives.ReadUInt32LittleEndian(header); left > 0; left--) // expect: BG5003
        {
            sum ^= left;
        }

        return sum;
    }
}
