internal sealed class Mapper(TableLevel<Slot> level, RangeTracker tracker)
{
    public async ValueTask SetAsync(GuestRange range, HostOffset host, CancellationToken cancellation)
    {
        using RangeTicket claim = await tracker.EnterAsync(range, RangeAccess.Claim, cancellation);
        await level.SetAsync(4096, 0, 1, MappingKind.Data, host, cancellation);
    }

    public async ValueTask HeldAsync(RangeTicket claim, HostOffset host, CancellationToken cancellation)
    {
        try
        {
            await level.SetAsync(4096, 0, 1, MappingKind.Data, host, cancellation);
        }
        finally
        {
            claim.Dispose();
        }
    }
}

[TableEntry(ByteOrder.Little)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct Slot(ulong Raw);
