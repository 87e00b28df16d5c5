// The check is in a called method.
internal sealed class Loader
{
    private static void Demand(ulong value, ulong limit)
    {
        if (value > limit)
        {
            throw new InvalidDataException($"{value} is more than {limit}");
        }
    }

    private static bool Fits(uint count)
    {
        if (count > 4096)
        {
            return false;
        }

        return true;
    }

    public static (byte[], byte[]) Tables(ReadOnlySpan<byte> header)
    {
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(header);
        Demand(first, 1 << 20);
        uint second = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        return Fits(second) ? (new byte[first], new byte[second]) : (new byte[first], []);
    }
}
