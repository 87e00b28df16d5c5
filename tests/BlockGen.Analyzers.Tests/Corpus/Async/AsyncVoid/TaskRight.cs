internal static class Use
{
    public static Task DiscardAllAsync(Image image, List<GuestRange> ranges, CancellationToken cancellation)
    {
        Func<GuestRange, Task> discard = async range => await image.DiscardAsync(range, cancellation);
        return Task.WhenAll(ranges.Select(discard));
    }

    public static async void OnTick(object? sender, EventArgs tick) => await Task.Yield();
}
