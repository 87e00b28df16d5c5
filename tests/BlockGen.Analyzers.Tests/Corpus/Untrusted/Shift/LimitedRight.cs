internal static class Geometry
{
    public static ulong Bytes(BinaryReader reader)
    {
        byte bits = reader.ReadByte();
        if (bits is < 9 or > 21)
        {
            throw new InvalidDataException($"clusters of 2^{bits} bytes are not supported");
        }

        return 1UL << bits;
    }

    public static ulong Log(BinaryReader reader, ulong at) =>
        at >> System.Numerics.BitOperations.Log2(reader.ReadUInt32() | 1);
}
