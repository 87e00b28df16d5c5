internal sealed class Loader
{
    public static int[] Indices(ReadOnlySpan<byte> header)
    {
        int count = (int)(BinaryPrimitives.ReadUInt32LittleEndian(header) & 0x7FFFFFFF);
        return Enumerable.Range(0, count).ToArray(); // expect: BG5003
    }
}
