internal static class Walker
{
    public static ulong Sum(BinaryReader reader, ulong[] table)
    {
        uint count = reader.ReadUInt32();
        if (count > table.Length)
        {
            throw new InvalidDataException();
        }

        ulong sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += table[i];
        }

        foreach (ulong entry in table)
        {
            sum += entry;
        }

        return sum;
    }

    public static int Bits(BinaryReader reader)
    {
        int count = 0;
        for (uint rest = reader.ReadUInt32(); rest != 0; rest >>= 1)
        {
            count++;
        }

        return count;
    }
}
