internal static class Tables
{
    public static uint Bytes(BinaryReader reader)
    {
        uint count = reader.ReadUInt32();
        uint bytes = count << 3; // expect: BG5011
        return bytes;
    }

    public static uint Compound(BinaryReader reader)
    {
        uint end = reader.ReadUInt32();
        end += reader.ReadUInt32(); // expect: BG5011
        return end;
    }

    public static ulong Rounded(BinaryReader reader) =>
        (reader.ReadUInt64() + 511) / 512; // expect: BG5011

    public static uint Direction(BinaryReader reader)
    {
        uint count = reader.ReadUInt32();
        return count > 1000 ? count * 8 : 0; // expect: BG5011
    }
}
