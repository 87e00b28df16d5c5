namespace BlockGen.Tests.Storage;

public sealed class SharedGateTests
{
    private readonly SharedGate _gate = new();

    [Fact]
    public async Task Sharers_pass_together_and_one_who_wants_to_be_alone_waits_for_them()
    {
        SharedGate.Pass first = await EnterAsync(isExclusive: false);
        SharedGate.Pass second = await EnterAsync(isExclusive: false);
        Task<SharedGate.Pass> alone = EnterAsync(isExclusive: true);
        Assert.False(alone.IsCompleted);

        first.Dispose();
        Assert.False(alone.IsCompleted);
        second.Dispose();
        (await alone).Dispose();
    }

    [Fact]
    public async Task Nobody_overtakes_the_one_who_waits_to_be_alone()
    {
        SharedGate.Pass sharer = await EnterAsync(isExclusive: false);
        Task<SharedGate.Pass> alone = EnterAsync(isExclusive: true);
        Task<SharedGate.Pass> late = EnterAsync(isExclusive: false);
        Assert.False(late.IsCompleted);

        sharer.Dispose();
        SharedGate.Pass aloneInside = await alone;
        Assert.False(late.IsCompleted);
        aloneInside.Dispose();
        (await late).Dispose();
    }

    [Fact]
    public async Task One_who_gives_up_waiting_lets_those_behind_pass()
    {
        using CancellationTokenSource stop = new();
        SharedGate.Pass sharer = await EnterAsync(isExclusive: false);
        Task<SharedGate.Pass> alone = _gate.EnterAsync(isExclusive: true, stop.Token).AsTask();
        Task<SharedGate.Pass> late = EnterAsync(isExclusive: false);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
        (await late).Dispose();
        sharer.Dispose();
        (await EnterAsync(isExclusive: true)).Dispose();
    }

    private Task<SharedGate.Pass> EnterAsync(bool isExclusive) => _gate.EnterAsync(isExclusive, default).AsTask();
}
