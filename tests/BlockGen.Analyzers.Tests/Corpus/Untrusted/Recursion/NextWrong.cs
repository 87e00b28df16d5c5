internal static class Lists
{
    public static int Length(IStorage storage, ReadOnlySpan<byte> entry)
    {
        uint next = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        return next == 0 ? 0 : 1 + From(storage, next, entry.ToArray());
    }

    private static int From(IStorage storage, uint at, byte[] node)
    {
        if (at == 0)
        {
            return 0;
        }

        uint next = BinaryPrimitives.ReadUInt32LittleEndian(node);
        return 1 + From(storage, next, node); // expect: BG5004
    }
}
