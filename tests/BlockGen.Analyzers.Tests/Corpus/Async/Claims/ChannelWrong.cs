internal sealed class Worker(RangeTracker tracker, System.Threading.Channels.ChannelReader<int> work)
{
    public async ValueTask RunAsync(GuestRange range, CancellationToken cancellation)
    {
        using (RangeTicket ticket = await tracker.EnterAsync(range, RangeAccess.Claim, cancellation))
        {
            _ = await work.ReadAsync(cancellation); // expect: BG4008
        }
    }
}
