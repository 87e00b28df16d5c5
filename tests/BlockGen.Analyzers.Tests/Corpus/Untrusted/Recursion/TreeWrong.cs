internal sealed class Tree(byte[] disk)
{
    public int Count(ReadOnlySpan<byte> node)
    {
        ushort child = BinaryPrimitives.ReadUInt16LittleEndian(node);
        return child == 0 ? 1 : 1 + CountAt(child);
    }

    private int CountAt(int at)
    {
        if (at < 0 || at > disk.Length - 2)
        {
            return 0;
        }

        ushort child = BinaryPrimitives.ReadUInt16LittleEndian(disk.AsSpan(at, 2));
        return 1 + CountAt(child); // expect: BG5004
    }
}
