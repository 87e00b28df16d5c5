using System.Diagnostics;

namespace BlockGen;

/// <summary>A storage that fails and hangs by a rule.</summary>
/// <remarks>Thread-safe. A request that is to fail never reaches the storage behind.</remarks>
public sealed class FaultStorage : ObservingStorage
{
    private readonly object _lock = new();
    private FaultRule? _rule; // volatile
    private TaskCompletionSource _released = MakeSignal(); // guarded by _lock
    private int _hanging; // guarded by _lock
    private int _everHanging; // guarded by _lock
    private readonly List<(int Count, TaskCompletionSource Reached)> _observers = []; // guarded by _lock

    /// <summary>Lets <paramref name="inner"/> fail where <paramref name="rule"/> says so.</summary>
    public FaultStorage(IStorage inner, FaultRule? rule = null) : base(inner)
    {
        _rule = rule;
    }

    /// <summary>The rule; null for a storage that works. May be changed at any time.</summary>
    public FaultRule? Rule
    {
        get => Volatile.Read(ref _rule);
        set => Volatile.Write(ref _rule, value);
    }

    /// <summary>Requests that hang now.</summary>
    public int Hanging
    {
        get
        {
            lock (_lock)
            {
                return _hanging;
            }
        }
    }

    /// <summary>Returns when this many requests have begun to hang since the start.</summary>
    public Task WaitForHangAsync(int count, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_everHanging >= count)
            {
                return Task.CompletedTask;
            }

            TaskCompletionSource reached = MakeSignal();
            _observers.Add((count, reached));
            return reached.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Lets every request that hangs now go on.</summary>
    public void Release()
    {
        TaskCompletionSource released;
        lock (_lock)
        {
            released = _released;
            _released = MakeSignal();
        }

        released.TrySetResult();
    }

    /// <summary>Returns 0, so that every byte passes through requests the rule sees.</summary>
    public override ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested
            ? ValueTask.FromCanceled<ulong>(cancellation)
            : ValueTask.FromResult(0UL);

    /// <inheritdoc/>
    protected override ValueTask BeforeAsync(StorageRequest request, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellation);
        }

        Fault? fault = Rule?.Invoke(request);
        if (fault is null)
        {
            return default;
        }

        return fault.MakeError(Name, request) is { } error
            ? ValueTask.FromException(error)
            : HangAsync(fault.Duration, cancellation);
    }

    private static TaskCompletionSource MakeSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask HangAsync(TimeSpan duration, CancellationToken cancellation)
    {
        Task released = BeginHang();
        try
        {
            if (duration == Timeout.InfiniteTimeSpan)
            {
                await released.WaitAsync(cancellation).ConfigureAwait(false);
            }
            else
            {
                long ticks = (long)(duration.TotalSeconds * Stopwatch.Frequency);
                await PreciseDelay.Clock.UntilAsync(PreciseDelay.Clock.Now + ticks, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_lock)
            {
                _hanging--;
            }
        }
    }

    private Task BeginHang()
    {
        lock (_lock)
        {
            _hanging++;
            _everHanging++;
            foreach ((int count, TaskCompletionSource reached) in _observers)
            {
                if (count <= _everHanging)
                {
                    reached.TrySetResult();
                }
            }

            return _released.Task;
        }
    }
}
