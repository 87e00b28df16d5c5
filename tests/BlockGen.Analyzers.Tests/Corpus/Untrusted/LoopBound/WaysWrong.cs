internal static class Walker
{
    public static ulong Sum(BinaryReader reader)
    {
        uint count = reader.ReadUInt32();
        ulong sum = 0;
        while (count-- > 0) // expect: BG5003
        {
            sum++;
        }

        return sum;
    }

    public static int Doubled(BinaryReader reader)
    {
        long end = reader.ReadInt64();
        int steps = 0;
        long at = 0;
        do
        {
            at++;
            steps++;
        }
        while (at < end); // expect: BG5003

        return steps;
    }

    public static int Linq(BinaryReader reader) =>
        Enumerable.Range(0, reader.ReadInt32()).Sum(); // expect: BG5003
}
