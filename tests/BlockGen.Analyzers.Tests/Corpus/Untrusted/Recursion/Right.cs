internal sealed class Walk(Func<ulong, Link> load)
{
    public int Depth(ulong at, int depth)
    {
        if (depth > 16)
        {
            throw new ImageException("too deep");
        }

        Link link = load(at);
        return link.Raw == 0 ? depth : Depth(link.Raw, depth + 1);
    }
}

[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct Link(ulong Raw);
