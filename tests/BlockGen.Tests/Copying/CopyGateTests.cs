namespace BlockGen.Tests.Copying;

public sealed class CopyGateTests
{
    private readonly CopyGate _gate = new(maxCopies: 2);

    [Fact]
    public async Task No_more_copies_begin_than_there_may_be()
    {
        await BeginAsync();
        await BeginAsync();
        Task third = BeginAsync();
        Assert.False(third.IsCompleted);
        Assert.Equal(2, _gate.InFlight);

        _gate.End();

        await third;
        Assert.Equal(2, _gate.InFlight);
    }

    [Fact]
    public async Task None_begins_during_a_pause()
    {
        _gate.IsPaused = true;
        Assert.True(_gate.IsPaused);
        Task copy = BeginAsync();
        Assert.False(copy.IsCompleted);
        Assert.Equal(0, _gate.InFlight);

        _gate.IsPaused = false;

        await copy;
        Assert.False(_gate.IsPaused);
        Assert.Equal(1, _gate.InFlight);
    }

    [Fact]
    public async Task It_is_idle_when_the_last_copy_has_ended()
    {
        await _gate.WhenIdleAsync(CancellationToken.None);
        await BeginAsync();
        await BeginAsync();
        Task idle = _gate.WhenIdleAsync(CancellationToken.None);

        _gate.End();
        Assert.False(idle.IsCompleted);
        _gate.End();

        await idle;
        Assert.Equal(0, _gate.InFlight);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        await BeginAsync();
        _gate.IsPaused = true;
        using CancellationTokenSource source = new();
        Task copy = _gate.BeginAsync(source.Token).AsTask();
        Task idle = _gate.WhenIdleAsync(source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => idle);
        Assert.Equal(1, _gate.InFlight);
    }

    [Fact]
    public async Task A_copy_that_is_cancelled_already_does_not_begin()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _gate.BeginAsync(new CancellationToken(canceled: true)).AsTask());

        Assert.Equal(0, _gate.InFlight);
    }

    private Task BeginAsync() => _gate.BeginAsync(CancellationToken.None).AsTask();
}
