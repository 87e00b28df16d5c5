internal static class Use
{
    public static async ValueTask<RangeTicket> ClaimAsync(
        RangeTracker tracker, GuestRange range, CancellationToken cancellation)
    {
        if (tracker.TryEnter(range, RangeAccess.Claim, out RangeTicket ticket))
        {
            return ticket;
        }

        return await tracker.EnterAsync(range, RangeAccess.Claim, cancellation);
    }

    public static async ValueTask ScopeAsync(RangeTracker tracker, GuestRange range, CancellationToken cancellation)
    {
        using (await tracker.EnterAsync(range, RangeAccess.Claim, cancellation))
        {
            await Task.Yield();
        }

        using RangeTicket held = await tracker.EnterAsync(range, RangeAccess.Claim, cancellation);
    }
}
