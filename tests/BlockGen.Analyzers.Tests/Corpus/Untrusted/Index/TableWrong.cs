[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct Entry(uint Raw);

internal static class Blocks
{
    public static bool IsUsed(Entry entry, bool[] used) => used[entry.Raw]; // expect: BG5006
}
