namespace BlockGen.Tests.Copying;

/// <summary>What the engine asks its policy for, how much at once, and which of several errors it ends with.</summary>
public sealed class CopyEngineDetailTests
{
    [Fact]
    public async Task The_end_of_a_disk_that_cannot_be_scanned_is_less_than_a_cluster()
    {
        SteppedPolicy policy = new(9, granularity: 2)
        {
            Find = static range => range.Start.Value >= 8
                ? throw new IOException("no map")
                : new CopyRun(range.Take(8 - range.Start.Value), CopyAction.Copy),
        };
        CopyEngine engine = Make(policy, maxChunkBytes: 4, ErrorPolicy.Ignore);

        await Assert.ThrowsAsync<IOException>(() => engine.RunAsync(CancellationToken.None));

        Assert.Equal("0+4, 4+4", policy.Copied);
        Assert.Equal(9UL, engine.Progress.Offset);
    }

    [Fact]
    public async Task A_long_run_is_looked_for_once()
    {
        int scans = 0;
        SteppedPolicy policy = new(100)
        {
            Find = range =>
            {
                scans++;
                return new CopyRun(range, CopyAction.Copy);
            },
        };

        await Make(policy, maxChunkBytes: 4).RunAsync(CancellationToken.None);

        Assert.Equal(1, scans);
        Assert.Equal(25, policy.Copied.Split(", ").Length);
    }

    [Fact]
    public async Task Runs_of_zeroes_cost_nothing_of_the_speed()
    {
        SteppedPolicy policy = new(1 << 20) { Find = static range => new CopyRun(range, CopyAction.Zero) };
        CopyEngine engine = new(
            policy, new BouncePool(1 << 20), new CopyTuning(1, 1, 1, ErrorPolicy.Report), new ManualClock());
        engine.Speed.BytesPerSecond = 1;

        await engine.RunAsync(CancellationToken.None);

        Assert.Equal(1UL << 20, engine.Progress.Offset);
    }

    [Fact]
    public async Task Requests_grow_while_they_cost_the_same()
    {
        ManualClock clock = new();
        SteppedPolicy policy = new(1000)
        {
            BeforeAsync = (_, _) =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(1));
                return Task.CompletedTask;
            },
        };
        CopyEngine engine = new(policy, new BouncePool(1 << 20), new CopyTuning(1, 1, 64, ErrorPolicy.Report), clock);

        await engine.RunAsync(CancellationToken.None);

        Assert.Equal(1000UL, engine.Progress.CopiedBytes);
        Assert.Contains("+64", policy.Copied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_while_it_claims_it_copies_nothing()
    {
        using CancellationTokenSource source = new();
        SteppedPolicy policy = new(4) { Claiming = _ => source.Cancel() };
        CopyEngine engine = Make(policy, maxChunkBytes: 4);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.RunAsync(source.Token));

        await engine.Gate.WhenIdleAsync(CancellationToken.None);
        Assert.Equal("", policy.Copied);
        Assert.Equal(0, policy.Tracker.ActiveCount);
    }

    [Fact]
    public async Task The_first_error_is_the_one_that_is_told()
    {
        TaskCompletionSource both = new();
        SteppedPolicy policy = new(4)
        {
            BeforeAsync = async (range, cancellation) =>
            {
                if (range.Start.Value == 0)
                {
                    await both.Task;
                    throw new IOException("first");
                }

                both.SetResult();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(
                    () => Task.Delay(Timeout.Infinite, cancellation));
                throw new IOException("second");
            },
        };

        IOException error = await Assert.ThrowsAsync<IOException>(
            () => Make(policy, maxChunkBytes: 2).RunAsync(CancellationToken.None));

        Assert.Equal("first", error.Message);
    }

    private static CopyEngine Make(
        SteppedPolicy policy, ulong maxChunkBytes, ErrorPolicy onError = ErrorPolicy.Report) =>
        new(
            policy,
            new BouncePool(1 << 20),
            new CopyTuning(2, maxChunkBytes, maxChunkBytes, onError),
            TimeProvider.System);
}
