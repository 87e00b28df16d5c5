internal static class Geometry
{
    public static ulong Bytes(BinaryReader reader)
    {
        byte bits = reader.ReadByte();
        if (bits < 21)
        {
            throw new InvalidDataException();
        }

        return 1UL << bits; // expect: BG5008
    }

    public static uint Wide(BinaryReader reader)
    {
        int bits = reader.ReadByte();
        return bits <= 40 ? 1U << bits : 0; // expect: BG5008
    }

    public static ulong Right(BinaryReader reader, ulong at) => at >> reader.ReadInt32(); // expect: BG5008
}
