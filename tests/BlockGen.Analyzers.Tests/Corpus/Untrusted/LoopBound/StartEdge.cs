// The number from the disk is where the loop starts; what ends it is the host's.
internal sealed class Loader
{
    public static ulong Sum(ReadOnlySpan<byte> header, ulong[] table)
    {
        ulong sum = 0;
        for (long i = BinaryPrimitives.ReadUInt16LittleEndian(header); i < table.Length; i++)
        {
            sum += table[i];
        }

        return sum;
    }
}
