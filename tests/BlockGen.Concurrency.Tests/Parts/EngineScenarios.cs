using BlockGen.Concurrency.Tests.Exploring;
using BlockGen.Concurrency.Tests.Support;

namespace BlockGen.Concurrency.Tests.Parts;

/// <summary>The copy engine alone: paused, cancelled, and with errors, while guests are in its way.</summary>
internal static class EngineScenarios
{
    private const int CellCount = 15;
    private const int FewCells = 5;

    public static IEnumerable<Scenario> All =>
    [
        new("gate", GateAsync) { AtEveryMemoryAccess = true },
        new("engine-in-the-way", InTheWayAsync),
        new("engine-paused", PauseAsync),
        new("engine-errors-resumed-at-once", () => ResumeAfterErrorsAsync(isLater: false)),
        new("engine-errors-resumed-later", () => ResumeAfterErrorsAsync(isLater: true)),
        new("engine-errors-passed-over", IgnoreErrorsAsync),
        new("engine-cancelled", CancelAsync),
    ];

    private static CopyEngine Make(CellPolicy policy, ErrorPolicy onError, Action<CopyEngine>? stopped = null)
    {
        CopyEngine? engine = null;
        engine = new CopyEngine(policy, new BouncePool(1 << 14), new CopyTuning(2, 1, 4, onError), new SteppingClock())
        {
            Stopped = _ => stopped?.Invoke(engine!),
        };
        return engine;
    }

    /// <summary>A guest that claims cells now and then.</summary>
    private static async Task ClaimAsync(CellPolicy policy)
    {
        for (int i = 0; i < 2; i++)
        {
            GuestRange range = new((ulong)Choice.Below(CellCount - 3), 3);
            using RangeTicket ticket = await policy.Tracker
                .EnterAsync(range, Choice.Among(RangeAccess.Claim, RangeAccess.GuestWrite), CancellationToken.None)
                .ConfigureAwait(false);
            await Task.Yield();
        }
    }

    /// <summary>Copies begin and end while somebody waits for the last of them, and for a pause to end.</summary>
    private static async Task GateAsync()
    {
        CopyGate gate = new(1);
        async Task CopyAsync()
        {
            await gate.BeginAsync(CancellationToken.None).ConfigureAwait(false);
            gate.End();
        }

        await Actors.RunAsync(
            CopyAsync,
            CopyAsync,
            async () =>
            {
                gate.IsPaused = true;
                await gate.WhenIdleAsync(CancellationToken.None).ConfigureAwait(false);
                gate.IsPaused = false;
            }).ConfigureAwait(false);
        Assert.Equal(0, gate.InFlight);
    }

    /// <summary>Guests are wherever there is something to copy.</summary>
    private static async Task InTheWayAsync()
    {
        CellPolicy policy = new(FewCells, faultCount: 0);
        CopyEngine engine = Make(policy, ErrorPolicy.Report);
        async Task ClaimAllAsync()
        {
            using RangeTicket ticket = await policy.Tracker
                .EnterAsync(new GuestRange(0, FewCells), RangeAccess.GuestWrite, CancellationToken.None)
                .ConfigureAwait(false);
            await Task.Yield();
        }

        await Actors.RunAsync(() => engine.RunAsync(CancellationToken.None), ClaimAllAsync, ClaimAllAsync)
            .ConfigureAwait(false);
        policy.ExpectCopied();
        policy.ExpectIdle();
    }

    private static async Task PauseAsync()
    {
        CellPolicy policy = new(CellCount, faultCount: 0);
        CopyEngine engine = Make(policy, ErrorPolicy.Report);
        await Actors.RunAsync(
            () => engine.RunAsync(CancellationToken.None),
            () => ClaimAsync(policy),
            async () =>
            {
                engine.Gate.IsPaused = true;
                await engine.Gate.WhenIdleAsync(CancellationToken.None).ConfigureAwait(false);
                policy.MustRest = true;
                await Task.Yield();
                policy.MustRest = false;
                engine.Gate.IsPaused = false;
            }).ConfigureAwait(false);
        ExpectAllDone(policy, engine);
    }

    private static async Task ResumeAfterErrorsAsync(bool isLater)
    {
        CellPolicy policy = new(CellCount, faultCount: 3);
        CopyEngine engine = Make(policy, ErrorPolicy.Stop, engine =>
        {
            if (isLater)
            {
                _ = Task.Run(() => engine.Gate.IsPaused = false);
            }
            else
            {
                engine.Gate.IsPaused = false;
            }
        });
        await Actors.RunAsync(() => engine.RunAsync(CancellationToken.None), () => ClaimAsync(policy))
            .ConfigureAwait(false);
        ExpectAllDone(policy, engine);
    }

    private static async Task IgnoreErrorsAsync()
    {
        CellPolicy policy = new(CellCount, faultCount: 2);
        CopyEngine engine = Make(policy, ErrorPolicy.Ignore);
        try
        {
            await Actors.RunAsync(() => engine.RunAsync(CancellationToken.None), () => ClaimAsync(policy))
                .ConfigureAwait(false);
            policy.ExpectCopied();
        }
        catch (IOException)
        {
            // The first error that was passed over.
        }

        Assert.Equal((ulong)CellCount, engine.Progress.Offset);
        policy.ExpectIdle();
    }

    private static async Task CancelAsync()
    {
        CellPolicy policy = new(CellCount, faultCount: 0);
        CopyEngine engine = Make(policy, ErrorPolicy.Report);
        using CancellationTokenSource source = new();
        await Actors.RunAsync(
            async () =>
            {
                try
                {
                    await engine.RunAsync(source.Token).ConfigureAwait(false);
                    policy.ExpectCopied();
                }
                catch (OperationCanceledException)
                {
                    await engine.Gate.WhenIdleAsync(CancellationToken.None).ConfigureAwait(false);
                    Assert.True(source.IsCancellationRequested);
                }
            },
            () => ClaimAsync(policy),
            () => Task.Run(source.Cancel)).ConfigureAwait(false);
        policy.ExpectIdle();
    }

    private static void ExpectAllDone(CellPolicy policy, CopyEngine engine)
    {
        policy.ExpectCopied();
        policy.ExpectIdle();
        Assert.Equal(0, engine.Gate.InFlight);
        Assert.Equal((ulong)CellCount, engine.Progress.Offset);
    }
}
