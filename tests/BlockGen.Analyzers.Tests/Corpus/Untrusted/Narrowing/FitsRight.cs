internal static class Tables
{
    public static int Count(BinaryReader reader)
    {
        ulong count = reader.ReadUInt64();
        return count <= int.MaxValue ? (int)count : throw new InvalidDataException();
    }

    public static int Checked(BinaryReader reader) => checked((int)reader.ReadUInt32());

    public static byte Top(BinaryReader reader) => (byte)(reader.ReadUInt32() >> 24);

    public static int Least(BinaryReader reader) => (int)Math.Min(reader.ReadUInt64(), 4096);
}
