namespace BlockGen;

/// <summary>What became of the guest reads that copy-on-read wanted to keep.</summary>
/// <param name="Kept">Reads whose clusters were stored, or had been stored by somebody else meanwhile.</param>
/// <param name="Dropped">
/// Reads that were not kept: no bounce memory, a guest write or a copy at the same place, closing.
/// </param>
/// <param name="Failed">Reads whose store failed. The guest's read did not.</param>
public readonly record struct CopyOnReadStatistics(ulong Kept, ulong Dropped, ulong Failed);

internal enum KeepResult
{
    Kept,
    Dropped,
    Failed,
}

/// <summary>Counts the stores of copy-on-read, and lets the image wait for the last of them before it closes.</summary>
internal sealed class BackgroundStores
{
    private readonly object _lock = new();
    private TaskCompletionSource? _idle; // whoever waits for the last store; guarded by _lock
    private CopyOnReadStatistics _statistics; // guarded by _lock
    private int _running; // guarded by _lock
    private bool _isDraining; // guarded by _lock

    public CopyOnReadStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                return _statistics;
            }
        }
    }

    public bool IsDraining
    {
        get
        {
            lock (_lock)
            {
                return _isDraining;
            }
        }
    }

    /// <summary>One more store, unless the image is closing.</summary>
    public bool TryBegin()
    {
        lock (_lock)
        {
            if (_isDraining)
            {
                Count(KeepResult.Dropped);
                return false;
            }

            _running++;
            return true;
        }
    }

    public void End(KeepResult result)
    {
        lock (_lock)
        {
            Count(result);
            if (--_running == 0)
            {
                _idle?.TrySetResult();
                _idle = null;
            }
        }
    }

    public void CountDropped()
    {
        lock (_lock)
        {
            Count(KeepResult.Dropped);
        }
    }

    /// <summary>Returns when no store runs.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            if (_running == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Lets no further store begin and returns when those that run are done.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _isDraining = true;
        }

        return WhenIdleAsync();
    }

    private void Count(KeepResult result) => _statistics = result switch
    {
        KeepResult.Kept => _statistics with { Kept = _statistics.Kept + 1 },
        KeepResult.Dropped => _statistics with { Dropped = _statistics.Dropped + 1 },
        _ => _statistics with { Failed = _statistics.Failed + 1 },
    };
}
