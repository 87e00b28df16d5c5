internal static class Lists
{
    public static int Depth(ReadOnlySpan<byte> nodes, uint at)
    {
        uint next = BinaryPrimitives.ReadUInt32LittleEndian(nodes);
        return next == at ? 0 : 1 + Depth(nodes, next); // expect: BG5004
    }
}
