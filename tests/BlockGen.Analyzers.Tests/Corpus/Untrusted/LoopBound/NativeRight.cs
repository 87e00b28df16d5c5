internal static class Counter
{
    public static nuint Sum(ReadOnlySpan<byte> header)
    {
        nuint count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (count is 0 or > 1 << 16)
        {
            throw new InvalidDataException("no such count");
        }

        nuint sum = 0;
        for (nuint at = 0; at < count; at++)
        {
            sum ^= at;
        }

        return sum;
    }
}
