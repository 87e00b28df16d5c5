internal static class Geometry
{
    public static ulong Clusters(ReadOnlySpan<byte> header, ulong bytes)
    {
        int bits = BinaryPrimitives.ReadInt32BigEndian(header);
        if (bits > 21)
        {
            throw new InvalidDataException();
        }

        return bytes >> bits; // expect: BG5008
    }
}
