namespace BlockGen.Tests.Copying;

public sealed class SpeedLimitTests
{
    [Fact]
    public void Without_a_limit_nothing_waits()
    {
        SpeedLimit limit = new(new ManualClock());

        Assert.True(limit.TakeAsync(ulong.MaxValue / 2, CancellationToken.None).AsTask().IsCompletedSuccessfully);
        Assert.True(limit.TakeAsync(ulong.MaxValue / 2, CancellationToken.None).AsTask().IsCompletedSuccessfully);
        Assert.Equal(ulong.MaxValue, limit.EvenBytes);
    }

    [Fact]
    public async Task Bytes_pass_at_the_speed_that_was_set()
    {
        ManualClock clock = new();
        SpeedLimit limit = new(clock) { BytesPerSecond = 1_000_000 };
        TimeSpan taken = TimeSpan.Zero;
        for (int i = 0; i < 100; i++)
        {
            Task take = limit.TakeAsync(100_000, CancellationToken.None).AsTask();
            while (!take.IsCompleted)
            {
                await Task.WhenAny(take, clock.WhenArmedAsync());
                taken += clock.WaitingTimers > 0 ? clock.AdvanceToNextTimer() : TimeSpan.Zero;
            }

            await take;
        }

        // 10 MB at 1 MB/s, but for the first request and the burst, which are paid for afterwards.
        Assert.InRange(taken.TotalSeconds, 9.7, 10.1);
    }

    [Fact]
    public async Task A_new_speed_applies_to_those_who_wait_already()
    {
        ManualClock clock = new();
        SpeedLimit limit = new(clock) { BytesPerSecond = 1 };
        await limit.TakeAsync(1_000_000, CancellationToken.None);
        Task waiting = limit.TakeAsync(1, CancellationToken.None).AsTask();
        await clock.WhenArmedAsync();
        Assert.False(waiting.IsCompleted);

        limit.BytesPerSecond = 0;

        await waiting;
    }

    [Fact]
    public async Task A_slower_speed_makes_those_wait_longer_who_wait_already()
    {
        ManualClock clock = new();
        SpeedLimit limit = new(clock) { BytesPerSecond = 1000 };
        await limit.TakeAsync(1000, CancellationToken.None);
        Task waiting = limit.TakeAsync(1, CancellationToken.None).AsTask();
        await clock.WhenArmedAsync();

        limit.BytesPerSecond = 100;
        await clock.WhenArmedAsync();

        TimeSpan wait = TimeSpan.Zero;
        while (!waiting.IsCompleted)
        {
            await Task.WhenAny(waiting, clock.WhenArmedAsync());
            wait += clock.WaitingTimers > 0 ? clock.AdvanceToNextTimer() : TimeSpan.Zero;
        }

        Assert.InRange(wait.TotalSeconds, 9.9, 10.1);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        ManualClock clock = new();
        SpeedLimit limit = new(clock) { BytesPerSecond = 1 };
        await limit.TakeAsync(100, CancellationToken.None);
        using CancellationTokenSource cancel = new();
        Task waiting = limit.TakeAsync(1, cancel.Token).AsTask();
        await clock.WhenArmedAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, clock.WaitingTimers);
    }
}
