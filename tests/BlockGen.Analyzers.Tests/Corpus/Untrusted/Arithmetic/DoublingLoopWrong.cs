internal static class Sizes
{
    public static ulong Sum(ReadOnlySpan<byte> header)
    {
        ulong sum = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ulong other = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        for (int i = 0; i < 64; i++)
        {
            sum = sum + other + sum; // expect: BG5011
            other = other * sum; // expect: BG5011
        }

        return sum;
    }
}
