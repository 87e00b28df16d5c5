internal sealed class Loader
{
    public static ulong Sum(ReadOnlySpan<byte> header)
    {
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 65536u);
        ulong sum = 0;
        for (uint i = 0; i < count; i++)
        {
            sum += i;
        }

        return sum;
    }
}
