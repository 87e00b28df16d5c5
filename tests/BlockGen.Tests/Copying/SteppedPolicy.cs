namespace BlockGen.Tests.Copying;

/// <summary>A copy of a disk that is not there: each part of it waits, fails or is done as a test says.</summary>
internal sealed class SteppedPolicy(ulong length, ulong granularity = 1) : ICopyPolicy
{
    private readonly object _lock = new();
    private readonly List<GuestRange> _copied = []; // guarded by _lock
    private readonly List<GuestRange> _zeroed = []; // guarded by _lock

    public ulong Length => length;

    public ulong Granularity => granularity;

    public RangeTracker Tracker { get; } = new();

    /// <summary>What is at a range: its action and how long that goes on.</summary>
    public Func<GuestRange, CopyRun> Find { get; init; } = static range => new CopyRun(range, CopyAction.Copy);

    /// <summary>Called before a range is copied or zeroed.</summary>
    public Func<GuestRange, CancellationToken, Task> BeforeAsync { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>What was copied, in order of the disk.</summary>
    public string Copied => Show(_copied);

    /// <summary>What was zeroed, in order of the disk.</summary>
    public string Zeroed => Show(_zeroed);

    /// <summary>Called when a range is to be claimed.</summary>
    public Action<GuestRange> Claiming { get; init; } = static _ => { };

    public bool TryClaim(GuestRange range, out RangeTicket claim)
    {
        Claiming(range);
        return Tracker.TryEnter(range, RangeAccess.Claim, out claim);
    }

    public ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation) =>
        Tracker.EnterAsync(range, RangeAccess.Claim, cancellation);

    public ValueTask<CopyRun> ScanAsync(GuestRange range, CancellationToken cancellation)
    {
        Assert.Equal(length, range.End);
        return ValueTask.FromResult(Find(range));
    }

    public async ValueTask<ulong> CopyAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        Assert.True((ulong)bounce.Length >= range.Length);
        await BeforeAsync(range, cancellation);
        Note(_copied, range);
        return range.Length;
    }

    public async ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation)
    {
        await BeforeAsync(range, cancellation);
        Note(_zeroed, range);
    }

    private void Note(List<GuestRange> done, GuestRange range)
    {
        lock (_lock)
        {
            done.Add(range);
        }
    }

    private string Show(List<GuestRange> done)
    {
        lock (_lock)
        {
            return string.Join(", ", done.OrderBy(range => range.Start.Value)
                .Select(range => $"{range.Start.Value}+{range.Length}"));
        }
    }
}
