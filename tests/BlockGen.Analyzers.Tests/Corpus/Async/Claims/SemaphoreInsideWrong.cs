internal sealed class Copier(RangeTracker tracker, SemaphoreSlim slots)
{
    public async ValueTask CopyAsync(GuestRange range, CancellationToken cancellation)
    {
        using RangeTicket claim =
            await tracker.EnterAsync(range, RangeAccess.Claim, cancellation).ConfigureAwait(false);
        if (!await slots.WaitAsync(1000, cancellation).ConfigureAwait(false)) // expect: BG4008
        {
            throw new TimeoutException("no slot");
        }

        slots.Release();
    }
}
