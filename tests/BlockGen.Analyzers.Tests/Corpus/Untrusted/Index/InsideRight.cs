internal sealed class Blocks(ulong[] table)
{
    public ulong At(ReadOnlySpan<byte> header)
    {
        uint index = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (index >= (uint)table.Length)
        {
            throw new InvalidDataException($"there is no block {index}");
        }

        return table[index];
    }

    public ulong Signed(ReadOnlySpan<byte> header)
    {
        int index = BinaryPrimitives.ReadInt32BigEndian(header);
        return index >= 0 && index < table.Length ? table[index] : 0;
    }

    public ulong Counted(Dictionary<uint, ulong> byNumber, BinaryReader reader) =>
        byNumber.TryGetValue(reader.ReadUInt32(), out ulong found) ? found : 0;
}
