internal static class Blocks
{
    public static ulong At(ReadOnlySpan<byte> header, ulong[] table)
    {
        ushort index = BinaryPrimitives.ReadUInt16LittleEndian(header);
        if (index >= table.Length)
        {
            return table[index]; // expect: BG5006
        }

        return 0;
    }
}
