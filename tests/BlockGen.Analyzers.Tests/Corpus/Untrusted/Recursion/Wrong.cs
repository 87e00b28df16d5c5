internal sealed class Walk(Func<ulong, Link> load)
{
    public int Depth(ulong at)
    {
        Link link = load(at);
        if (link.Raw == 0)
        {
            return 0;
        }

        return 1 + Depth(link.Raw); // expect: BG5004
    }
}

[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct Link(ulong Raw);
