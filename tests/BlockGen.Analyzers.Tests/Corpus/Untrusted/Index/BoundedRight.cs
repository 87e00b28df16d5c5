internal static class Blocks
{
    public static ulong At(ReadOnlySpan<byte> header, ulong[] table)
    {
        uint index = BinaryPrimitives.ReadUInt32LittleEndian(header);
        return index < table.Length ? table[index] : throw new InvalidDataException();
    }
}
