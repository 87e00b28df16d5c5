internal static class Use
{
    public static async ValueTask RepairAsync(
        Image image, GuestRange range, byte[] bytes, CancellationToken cancellation)
    {
        using RangeTicket ticket = await image.Tracker.EnterAsync(range, RangeAccess.Claim, cancellation);
        await image.WriteAsync(range.Start, bytes, cancellation); // expect: BG4008
    }

    public static async ValueTask TwoAsync(
        RangeTracker tracker, GuestRange first, GuestRange second, CancellationToken cancellation)
    {
        using RangeTicket one = await tracker.EnterAsync(first, RangeAccess.GuestWrite, cancellation);
        using RangeTicket two = await tracker.EnterAsync(second, RangeAccess.Claim, cancellation); // expect: BG4008
    }
}
