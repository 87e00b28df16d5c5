namespace BlockGen.Tests.Copying;

public sealed class CopyEngineTests
{
    private int _advances;
    private Exception? _stoppedBy;

    [Fact]
    public async Task Everything_is_copied_in_chunks_and_counted()
    {
        SteppedPolicy policy = new(10);
        CopyEngine engine = Make(policy, maxChunkBytes: 4);

        await engine.RunAsync(CancellationToken.None);

        Assert.Equal("0+4, 4+4, 8+2", policy.Copied);
        Assert.Equal(new CopyProgress(10, 10, 10), engine.Progress);
        Assert.Equal(3, _advances);
        Assert.Equal(0, engine.Gate.InFlight);
        Assert.Equal(0, policy.Tracker.ActiveCount);
    }

    [Fact]
    public async Task What_is_skipped_or_zeroed_is_passed_but_not_copied()
    {
        SteppedPolicy policy = new(12)
        {
            Find = static range => new CopyRun(
                range.Take(4 - range.Start.Value % 4), (CopyAction)(range.Start.Value / 4)),
        };
        CopyEngine engine = Make(policy, maxChunkBytes: 100);

        await engine.RunAsync(CancellationToken.None);

        Assert.Equal(12UL, engine.Progress.Offset);
        Assert.Equal(4UL, engine.Progress.CopiedBytes);
        Assert.Single(policy.Copied.Split(", "));
        Assert.Single(policy.Zeroed.Split(", "));
        Assert.Equal(3, _advances);
    }

    [Fact]
    public async Task A_chunk_with_a_guest_in_it_comes_last_and_waits_for_it()
    {
        int claims = 0;
        SteppedPolicy policy = new(8) { Claiming = _ => claims++ };
        CopyEngine engine = Make(policy, maxChunkBytes: 2, maxCopies: 1);
        Assert.True(policy.Tracker.TryEnter(new GuestRange(2, 1), RangeAccess.GuestWrite, out RangeTicket guest));

        Task run = engine.RunAsync(CancellationToken.None);
        await WaitUntilAsync(() => policy.Copied == "0+2, 4+2, 6+2");
        Assert.False(run.IsCompleted);
        guest.Dispose();
        await run;

        Assert.Equal("0+2, 2+2, 4+2, 6+2", policy.Copied);
        Assert.Equal(8UL, engine.Progress.Offset);
        Assert.Equal(4, claims);
    }

    [Fact]
    public async Task An_error_ends_it_and_nothing_is_left_in_flight()
    {
        SteppedPolicy policy = Failing(8, at: 2, times: int.MaxValue);
        CopyEngine engine = Make(policy, maxChunkBytes: 2, maxCopies: 1);

        IOException error = await Assert.ThrowsAsync<IOException>(() => engine.RunAsync(CancellationToken.None));

        Assert.Equal("2+2", error.Message);
        await engine.Gate.WhenIdleAsync(CancellationToken.None);
        Assert.Null(_stoppedBy);
        Assert.Equal(0, policy.Tracker.ActiveCount);
    }

    [Fact]
    public async Task An_error_of_the_last_chunk_ends_it_too()
    {
        SteppedPolicy policy = Failing(8, at: 6, times: int.MaxValue);

        await Assert.ThrowsAsync<IOException>(() => Make(policy, 2).RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_error_of_the_program_is_never_passed_over()
    {
        SteppedPolicy policy = new(8)
        {
            BeforeAsync = static (range, _) => range.Start.Value == 4
                ? throw new InvalidOperationException("a bug")
                : Task.CompletedTask,
        };

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Make(policy, 2, ErrorPolicy.Ignore).RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Errors_are_passed_over_and_the_first_is_thrown_in_the_end()
    {
        SteppedPolicy policy = Failing(8, at: 2, times: int.MaxValue, alsoAt: 6);
        CopyEngine engine = Make(policy, 2, ErrorPolicy.Ignore, maxCopies: 1);

        IOException error = await Assert.ThrowsAsync<IOException>(() => engine.RunAsync(CancellationToken.None));

        Assert.Equal("2+2", error.Message);
        Assert.Equal("0+2, 4+2", policy.Copied);
        Assert.Equal(8UL, engine.Progress.Offset);
        Assert.Equal(4UL, engine.Progress.CopiedBytes);
        Assert.Equal(4, _advances);
    }

    [Fact]
    public async Task An_error_pauses_it_and_the_chunk_is_tried_again()
    {
        SteppedPolicy policy = Failing(8, at: 2, times: 2);
        CopyEngine engine = Make(policy, 2, ErrorPolicy.Stop);

        Task run = engine.RunAsync(CancellationToken.None);
        for (int error = 0; error < 2; error++)
        {
            await WaitUntilAsync(() => engine.Gate.IsPaused && _stoppedBy is not null);
            await engine.Gate.WhenIdleAsync(CancellationToken.None);
            Assert.False(run.IsCompleted);
            _stoppedBy = null;
            engine.Gate.IsPaused = false;
        }

        await run;
        Assert.Equal("0+2, 2+2, 4+2, 6+2", policy.Copied);
        Assert.Equal(8UL, engine.Progress.Offset);
    }

    [Fact]
    public async Task What_cannot_be_scanned_is_passed_over_cluster_by_cluster()
    {
        SteppedPolicy policy = new(10, granularity: 2)
        {
            Find = static range => range.Start.Value is >= 4 and < 8
                ? throw new IOException($"no map at {range.Start.Value}")
                : new CopyRun(range.Take(range.Start.Value < 4 ? 4 - range.Start.Value : 2), CopyAction.Copy),
        };
        CopyEngine engine = Make(policy, 4, ErrorPolicy.Ignore, maxCopies: 1);

        IOException error = await Assert.ThrowsAsync<IOException>(() => engine.RunAsync(CancellationToken.None));

        Assert.Equal("no map at 4", error.Message);
        Assert.Equal("0+4, 8+2", policy.Copied);
        Assert.Equal(10UL, engine.Progress.Offset);
    }

    [Fact]
    public async Task A_scan_that_fails_is_tried_again_after_a_pause()
    {
        bool isBroken = true;
        SteppedPolicy policy = new(4)
        {
            Find = range => isBroken ? throw new IOException("no map") : new CopyRun(range, CopyAction.Copy),
        };
        CopyEngine engine = Make(policy, 4, ErrorPolicy.Stop);

        Task run = engine.RunAsync(CancellationToken.None);
        await WaitUntilAsync(() => engine.Gate.IsPaused);
        isBroken = false;
        engine.Gate.IsPaused = false;
        await run;

        Assert.Equal("0+4", policy.Copied);
        Assert.Equal("no map", _stoppedBy?.Message);
    }

    [Fact]
    public async Task Cancelled_it_ends_although_a_copy_hangs_and_that_copy_is_told()
    {
        SteppedPolicy policy = new(4)
        {
            BeforeAsync = static (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation),
        };
        CopyEngine engine = Make(policy, 2, maxCopies: 2);
        using CancellationTokenSource source = new();
        Task run = engine.RunAsync(source.Token);
        await WaitUntilAsync(() => engine.Gate.InFlight == 2);

        await source.CancelAsync();

        OperationCanceledException end = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(source.Token, end.CancellationToken);
        await engine.Gate.WhenIdleAsync(CancellationToken.None);
        Assert.Equal("", policy.Copied);
        Assert.Equal(0UL, engine.Progress.Offset);
    }

    [Fact]
    public async Task A_listener_that_throws_ends_it()
    {
        SteppedPolicy policy = new(8);
        CopyTuning tuning = new(2, 2, 2, ErrorPolicy.Report);
        CopyEngine engine = new(policy, new BouncePool(1 << 20), tuning, TimeProvider.System)
        {
            Advanced = static () => throw new InvalidOperationException("a listener"),
        };

        InvalidOperationException error =
            await Assert.ThrowsAsync<InvalidOperationException>(() => engine.RunAsync(CancellationToken.None));

        Assert.Equal("a listener", error.Message);
    }

    [Fact]
    public async Task Copies_run_side_by_side()
    {
        TaskCompletionSource all = new();
        int running = 0;
        SteppedPolicy policy = new(6)
        {
            BeforeAsync = async (_, cancellation) =>
            {
                if (Interlocked.Increment(ref running) == 3)
                {
                    all.SetResult();
                }

                await all.Task.WaitAsync(cancellation);
            },
        };

        await Make(policy, 2, maxCopies: 3).RunAsync(CancellationToken.None);

        Assert.Equal("0+2, 2+2, 4+2", policy.Copied);
    }

    private static SteppedPolicy Failing(ulong length, ulong at, int times, ulong? alsoAt = null)
    {
        int left = times;
        return new SteppedPolicy(length)
        {
            BeforeAsync = (range, _) =>
                (range.Start.Value == at || range.Start.Value == alsoAt) && Interlocked.Decrement(ref left) >= 0
                    ? throw new IOException($"{range.Start.Value}+{range.Length}")
                    : Task.CompletedTask,
        };
    }

    private CopyEngine Make(
        SteppedPolicy policy, ulong maxChunkBytes, ErrorPolicy onError = ErrorPolicy.Report, int maxCopies = 4) =>
        new(
            policy,
            new BouncePool(1 << 20),
            new CopyTuning(maxCopies, maxChunkBytes, maxChunkBytes, onError),
            TimeProvider.System)
        {
            Advanced = () => Interlocked.Increment(ref _advances),
            Stopped = error => _stoppedBy = error,
        };

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
