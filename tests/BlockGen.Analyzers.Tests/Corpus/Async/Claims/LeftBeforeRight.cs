internal static class Use
{
    public static async ValueTask MoveAsync(
        Image image, Image other, GuestRange range, byte[] bytes, CancellationToken cancellation)
    {
        using (RangeTicket ticket = await image.Tracker.EnterAsync(range, RangeAccess.Claim, cancellation))
        {
            await image.ReadAsync(range.Start, bytes, cancellation);
            await other.WriteAsync(range.Start, bytes, cancellation);
        }

        await image.WriteAsync(range.Start, bytes, cancellation);
        RangeTicket second = await image.Tracker.EnterAsync(range, RangeAccess.Claim, cancellation);
        second.Dispose();
        await image.WriteAsync(range.Start, bytes, cancellation);
    }
}
