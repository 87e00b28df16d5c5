internal static class Use
{
    public static async ValueTask PassAsync(RangeTracker tracker, GuestRange range, CancellationToken cancellation)
    {
        await tracker.EnterAsync(range, RangeAccess.Claim, cancellation); // expect: BG4010
        RangeTicket kept = await tracker.EnterAsync(range, RangeAccess.GuestWrite, cancellation); // expect: BG4010
        if (!tracker.TryEnter(range, RangeAccess.Claim, out _)) // expect: BG4010
        {
            throw new IOException("busy");
        }
    }
}
