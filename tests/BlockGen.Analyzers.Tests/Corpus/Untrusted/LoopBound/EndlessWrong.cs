internal sealed class Loader
{
    public static ulong Sum(ReadOnlySpan<byte> header)
    {
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ulong sum = 0;
        uint index = 0;
        while (true)
        {
            if (index >= count) // expect: BG5003
            {
                break;
            }

            sum += index++;
        }

        return sum;
    }
}
