internal static class Use
{
    public static void DiscardAll(Image image, List<GuestRange> ranges, CancellationToken cancellation)
    {
        ranges.ForEach(async range => await image.DiscardAsync(range, cancellation)); // expect: BG4005
        Action done = async () => // expect: BG4005
        {
            await image.FlushAsync(cancellation);
        };
        done();
    }
}
