internal static class Tables
{
    public static ulong Bytes(BinaryReader reader) => reader.ReadUInt32() * 8UL;

    public static uint Checked(BinaryReader reader) => checked(reader.ReadUInt32() * 8);

    public static uint Bounded(BinaryReader reader)
    {
        uint count = reader.ReadUInt32();
        return count <= 1 << 20 ? count * 8 : throw new InvalidDataException();
    }

    public static int Small(BinaryReader reader) => reader.ReadUInt16() * 512 + reader.ReadByte();
}
