internal static class Counter
{
    public static nuint Sum(ReadOnlySpan<byte> header)
    {
        nuint count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        nuint sum = 0;
        for (nuint at = 0; at < count; at += 2) // expect: BG5003
        {
            sum ^= at;
        }

        return sum;
    }
}
