// The recursion follows the disk, but counts how deep it is.
internal static class Lists
{
    public static int Depth(ReadOnlySpan<byte> nodes, uint at, int depth)
    {
        if (depth > 16)
        {
            throw new InvalidDataException("too deep");
        }

        uint next = BinaryPrimitives.ReadUInt32LittleEndian(nodes);
        return next == at ? 0 : 1 + Depth(nodes, next, depth + 1);
    }
}
