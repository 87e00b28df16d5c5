namespace BlockGen;

/// <summary>Counts the copies in flight: no more than so many, and none that begins while the job is paused.</summary>
internal sealed class CopyGate(int maxCopies)
{
    private readonly object _lock = new();
    private TaskCompletionSource _changed = NewSignal(); // guarded by _lock
    private int _inFlight; // guarded by _lock
    private bool _isPaused; // guarded by _lock

    /// <summary>Copies that have begun and not ended.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock)
            {
                return _inFlight;
            }
        }
    }

    /// <summary>Whether no copy may begin.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _isPaused;
            }
        }

        set
        {
            lock (_lock)
            {
                _isPaused = value;
                Signal();
            }
        }
    }

    /// <summary>One more copy, as soon as there may be one.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!_isPaused && _inFlight < maxCopies)
                {
                    _inFlight++;
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>One copy fewer.</summary>
    public void End()
    {
        lock (_lock)
        {
            _inFlight--;
            Signal();
        }
    }

    /// <summary>Returns when no copy is in flight.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_inFlight == 0)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
