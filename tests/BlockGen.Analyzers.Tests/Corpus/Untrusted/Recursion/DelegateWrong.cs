internal static class Walker
{
    private const int Table = 0;

    public static int Depth(byte[] image, ushort at)
    {
        return Below(at);

        int Below(ushort place)
        {
            if (place == Table || image.Length < place + 2)
            {
                return 0;
            }

            ushort next = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(place));
            return 1 + Below(next); // expect: BG5004
        }
    }
}
