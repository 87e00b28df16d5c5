internal sealed class Mapper(TableLevel<Slot> level, RangeTracker tracker)
{
    public async ValueTask SetAsync(ulong entryIndex, HostOffset host, CancellationToken cancellation) =>
        await level.SetAsync(4096, entryIndex, 1, MappingKind.Data, host, cancellation); // expect: BG4009

    public async ValueTask SharedAsync(GuestRange range, HostOffset host, CancellationToken cancellation)
    {
        using RangeTicket ticket = await tracker.EnterAsync(range, RangeAccess.GuestWrite, cancellation);
        await level.SetAsync(4096, 0, 1, MappingKind.Data, host, cancellation); // expect: BG4009
    }
}

[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct Slot(ulong Raw);
