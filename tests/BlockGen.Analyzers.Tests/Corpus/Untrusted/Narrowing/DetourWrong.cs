internal static class Tables
{
    public static int Count(BinaryReader reader)
    {
        ulong count = reader.ReadUInt64();
        if (count == 0)
        {
            return 0;
        }

        return (int)count; // expect: BG5010
    }

    public static ushort Low(BinaryReader reader)
    {
        uint number = reader.ReadUInt32();
        return number > ushort.MaxValue ? (ushort)number : (ushort)0; // expect: BG5010
    }
}
