using BlockGen.Concurrency.Tests.Support;

namespace BlockGen.Concurrency.Tests.Parts;

/// <summary>Copies cells of a disk that is not there, and watches how it is asked to.</summary>
/// <param name="cellCount">Cells of one byte each.</param>
/// <param name="faultCount">Copies and scans that fail at most.</param>
internal sealed class CellPolicy(int cellCount, int faultCount) : ICopyPolicy
{
    private readonly object _lock = new();
    private readonly int[] _copies = new int[cellCount]; // completed; guarded by _lock
    private readonly RangeTracker _tracker = new();
    private int _faultsLeft = faultCount; // guarded by _lock
    private int _running; // guarded by _lock
    private bool _mustRest; // guarded by _lock

    public ulong Length => (ulong)cellCount;

    public ulong Granularity => 1;

    /// <summary>What guests claim.</summary>
    public RangeTracker Tracker => _tracker;

    /// <summary>Whether nothing may run.</summary>
    public bool MustRest
    {
        set
        {
            lock (_lock)
            {
                Assert.True(!value || _running == 0, "a copy runs that should rest");
                _mustRest = value;
            }
        }
    }

    public bool TryClaim(GuestRange range, out RangeTicket claim) =>
        _tracker.TryEnter(range, RangeAccess.Claim, out claim);

    public ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation) =>
        _tracker.EnterAsync(range, RangeAccess.Claim, cancellation);

    public async ValueTask<CopyRun> ScanAsync(GuestRange range, CancellationToken cancellation)
    {
        await Task.Yield();
        FailSometimes();

        // Skips of two, copies of two, zeroes of one.
        int cell = (int)range.Start.Value % 5;
        return cell switch
        {
            0 or 1 => new CopyRun(range.Take((ulong)(2 - cell)), CopyAction.Skip),
            2 or 3 => new CopyRun(range.Take((ulong)(4 - cell)), CopyAction.Copy),
            _ => new CopyRun(range.Take(1), CopyAction.Zero),
        };
    }

    public async ValueTask<ulong> CopyAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        await RunAsync(range, cancellation).ConfigureAwait(false);
        return range.Length;
    }

    public async ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation) =>
        await RunAsync(range, cancellation).ConfigureAwait(false);

    /// <summary>Every cell that is to be copied was; once, except where an error came in between.</summary>
    public void ExpectCopied()
    {
        lock (_lock)
        {
            for (int cell = 0; cell < cellCount; cell++)
            {
                Assert.True(_copies[cell] == (cell % 5 < 2 ? 0 : 1), $"cell {cell} was copied {_copies[cell]} times");
            }

            Assert.Equal(0, _running);
        }
    }

    /// <summary>No cell was copied twice, and no copy runs.</summary>
    public void ExpectIdle()
    {
        lock (_lock)
        {
            Assert.Equal(0, _running);
            Assert.All(_copies, count => Assert.InRange(count, 0, 1));
        }

        Assert.Equal(0, _tracker.ActiveCount);
    }

    private async ValueTask RunAsync(GuestRange range, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Assert.False(_mustRest, "a copy begins during a pause");
            _running++;
        }

        try
        {
            await Task.Yield();
            FailSometimes();
            cancellation.ThrowIfCancellationRequested();
        }
        catch
        {
            Leave();
            throw;
        }

        lock (_lock)
        {
            for (ulong cell = range.Start.Value; cell < range.End; cell++)
            {
                _copies[cell]++;
            }
        }

        Leave();
    }

    private void Leave()
    {
        lock (_lock)
        {
            _running--;
        }
    }

    private void FailSometimes()
    {
        lock (_lock)
        {
            if (_faultsLeft == 0 || !Choice.Coin())
            {
                return;
            }

            _faultsLeft--;
        }

        throw new IOException("the cells cannot be reached");
    }
}
