using BlockGen.Concurrency.Tests.Exploring;
using BlockGen.Concurrency.Tests.Support;

namespace BlockGen.Concurrency.Tests.Parts;

/// <summary>Requests that overlap, in a tracker alone.</summary>
internal static class TrackerScenarios
{
    private const int UnitCount = 4;

    public static IEnumerable<Scenario> All =>
    [
        new("tracker", () => RunAsync(canCancel: false)),
        new("tracker-cancelled", () => RunAsync(canCancel: true)),
        new("tracker-behind-cancelled", BehindCancelledAsync),
        new("tracker-every-access", () => RunAsync(canCancel: true)) { AtEveryMemoryAccess = true },
    ];

    private static async Task RunAsync(bool canCancel)
    {
        RangeTracker tracker = new();
        Occupancy occupancy = new();
        await Actors.RunAsync(Enumerable.Range(0, 4).Select(_ => (Func<Task>)(async () =>
        {
            for (int i = 0; i < 2; i++)
            {
                await EnterAsync(tracker, occupancy, canCancel && Choice.Below(3) == 0).ConfigureAwait(false);
            }
        }))).ConfigureAwait(false);

        Assert.Equal(0, tracker.ActiveCount);
        Assert.True(tracker.TryEnter(new GuestRange(0, UnitCount), RangeAccess.Claim, out RangeTicket all));
        all.Dispose();
        Assert.True(tracker.TryEnter(new GuestRange(0, 1), RangeAccess.GuestWrite, out RangeTicket one));
        one.Dispose();
    }

    /// <summary>
    /// Who holds the first unit leaves it only when the second has been entered, also behind one who gave up.
    /// </summary>
    private static async Task BehindCancelledAsync()
    {
        RangeTracker tracker = new();
        TaskCompletionSource hasEntered = new();
        using CancellationTokenSource source = new();
        RangeTicket first = await EnterAsync(tracker, 0, 1, CancellationToken.None).ConfigureAwait(false);
        await Actors.RunAsync(
            async () =>
            {
                try
                {
                    (await EnterAsync(tracker, 0, 2, source.Token).ConfigureAwait(false)).Dispose();
                }
                catch (OperationCanceledException)
                {
                    // It gave up.
                }
            },
            async () =>
            {
                (await EnterAsync(tracker, 1, 1, CancellationToken.None).ConfigureAwait(false)).Dispose();
                hasEntered.SetResult();
            },
            () => Task.Run(source.Cancel),
            async () =>
            {
                await hasEntered.Task.ConfigureAwait(false);
                first.Dispose();
            }).ConfigureAwait(false);
        Assert.Equal(0, tracker.ActiveCount);
    }

    private static ValueTask<RangeTicket> EnterAsync(
        RangeTracker tracker, int start, int length, CancellationToken cancellation) =>
        tracker.EnterAsync(new GuestRange((ulong)start, (ulong)length), RangeAccess.Claim, cancellation);

    private static async Task EnterAsync(RangeTracker tracker, Occupancy occupancy, bool isCancelled)
    {
        int start = Choice.Below(UnitCount);
        int length = 1 + Choice.Below(UnitCount - start);
        GuestRange range = new((ulong)start, (ulong)length);
        RangeAccess access = Choice.Coin() ? RangeAccess.Claim : RangeAccess.GuestWrite;
        using CancellationTokenSource source = new();
        Task cancelling = isCancelled ? Task.Run(source.Cancel) : Task.CompletedTask;
        try
        {
            bool hasEntered = tracker.TryEnter(range, access, out RangeTicket ticket);
            if (!hasEntered)
            {
                ticket = await tracker.EnterAsync(range, access, source.Token).ConfigureAwait(false);
            }

            occupancy.Enter(start, length, access);
            await Task.Yield();
            occupancy.Leave(start, length, access);
            ticket.Dispose();
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested)
        {
            // It was not let in.
        }

        await cancelling.ConfigureAwait(false);
    }

    /// <summary>Who is in each unit; finds those that must not be in it together.</summary>
    private sealed class Occupancy
    {
        private readonly object _lock = new();
        private readonly int[] _writes = new int[UnitCount]; // guarded by _lock
        private readonly int[] _claims = new int[UnitCount]; // guarded by _lock

        public void Enter(int start, int length, RangeAccess access) => Add(start, length, access, 1);

        public void Leave(int start, int length, RangeAccess access) => Add(start, length, access, -1);

        private void Add(int start, int length, RangeAccess access, int change)
        {
            lock (_lock)
            {
                for (int unit = start; unit < start + length; unit++)
                {
                    (access is RangeAccess.Claim ? _claims : _writes)[unit] += change;
                    Assert.True(
                        _claims[unit] <= 1 && (_claims[unit] == 0 || _writes[unit] == 0),
                        $"unit {unit} has {_claims[unit]} claims and {_writes[unit]} writes in it");
                }
            }
        }
    }
}
