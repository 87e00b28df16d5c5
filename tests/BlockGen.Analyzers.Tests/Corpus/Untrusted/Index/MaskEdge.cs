// Masked or reduced to the table's size, or a byte for a table of 256.
internal static class Blocks
{
    public static ulong At(ReadOnlySpan<byte> header, ulong[] table)
    {
        uint index = BinaryPrimitives.ReadUInt32LittleEndian(header);
        return table[index & 15] + table[index % 16] + table[(int)(index % (uint)table.Length)] + table[header[4]];
    }
}
