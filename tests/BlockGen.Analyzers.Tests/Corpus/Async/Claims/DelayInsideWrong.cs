internal sealed class Limited(RangeTracker tracker, IStorage storage, SemaphoreSlim slots)
{
    public async ValueTask StoreAsync(GuestRange range, HostOffset at, byte[] bytes, CancellationToken cancellation)
    {
        RangeTicket ticket = await tracker.EnterAsync(range, RangeAccess.Claim, cancellation);
        try
        {
            await slots.WaitAsync(cancellation); // expect: BG4008
            await storage.WriteAsync(at, bytes, cancellation);
            await Task.Delay(10, cancellation); // expect: BG4008
        }
        finally
        {
            ticket.Dispose();
        }
    }
}
