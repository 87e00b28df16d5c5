internal sealed class Reader(IStorage storage)
{
    public async ValueTask ReadAsync(GuestRange range, byte[] cluster, CancellationToken cancellation)
    {
        if (range is { Start.Value: var start, Length: > 0 })
        {
            await storage.ReadAsync(new HostOffset(start), cluster, cancellation); // expect: BG2050
        }
    }
}
