internal sealed class Reader(IStorage storage)
{
    public async ValueTask DiscardAsync(GuestRange range, CancellationToken cancellation)
    {
        (GuestOffset start, ulong length) = range;
        await storage.DiscardAsync(new HostRange(start.Value, length), cancellation); // expect: BG2050
    }
}
