namespace BlockGen.Tests.Copying;

public sealed class ChunkSizerTests
{
    private const ulong Smallest = 512 << 10;
    private const ulong Largest = 4 << 20;

    [Fact]
    public void It_grows_to_the_largest_while_each_request_costs_the_same() =>
        Assert.Equal(Largest, SettledSize(_ => TimeSpan.FromMilliseconds(10)));

    [Fact]
    public void It_stops_where_growing_gains_nothing() =>
        Assert.Equal(2 * Smallest, SettledSize(bytes => TimeSpan.FromMicroseconds(bytes / 1000.0)));

    [Fact]
    public void It_shrinks_again_where_growing_costs_speed() =>
        Assert.Equal(
            Smallest, SettledSize(bytes => TimeSpan.FromMicroseconds(bytes / 1000.0 * (bytes > Smallest ? 2 : 1))));

    [Fact]
    public void High_latency_makes_it_grow_even_where_the_rate_stays() =>
        Assert.Equal(Largest, SettledSize(bytes => TimeSpan.FromMicroseconds(bytes / 10.0)));

    private static ulong SettledSize(Func<ulong, TimeSpan> cost)
    {
        ManualClock clock = new();
        ChunkSizer sizer = new(Smallest, Largest, windowCopies: 4, clock);
        for (int i = 0; i < 100; i++)
        {
            ulong bytes = sizer.Bytes;
            clock.Advance(cost(bytes));
            sizer.Record(bytes, cost(bytes));
        }

        return sizer.Bytes;
    }
}
