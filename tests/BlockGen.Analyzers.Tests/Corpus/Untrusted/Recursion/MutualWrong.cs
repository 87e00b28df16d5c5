internal static class Tree
{
    public static int Left(ReadOnlyMemory<byte> nodes, uint at)
    {
        uint next = BinaryPrimitives.ReadUInt32LittleEndian(nodes.Span);
        return next == 0 ? 1 : Right(nodes, next);
    }

    private static int Right(ReadOnlyMemory<byte> nodes, uint at)
    {
        uint next = BinaryPrimitives.ReadUInt32BigEndian(nodes.Span);
        return next == at ? 1 : 1 + Left(nodes, next); // expect: BG5004
    }
}
