internal sealed class Blocks(ulong[] table)
{
    private int _index;

    public void Load(ReadOnlySpan<byte> header) => _index = BinaryPrimitives.ReadInt32BigEndian(header);

    public ulong At() => table[_index]; // expect: BG5006

    public ulong First(ReadOnlySpan<byte> header)
    {
        uint index = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (index < (uint)table.Length)
        {
            return 0;
        }

        return table.AsSpan()[(int)(index >> 1)]; // expect: BG5006
    }

    public ulong Looked(List<ulong> list, BinaryReader reader) => list[reader.ReadUInt16()]; // expect: BG5006
}
