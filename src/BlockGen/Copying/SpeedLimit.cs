namespace BlockGen;

/// <summary>
/// A token bucket: lets bytes through at a speed that may be changed at any time, also for those who wait.
/// </summary>
internal sealed class SpeedLimit(TimeProvider time)
{
    private const double BurstSeconds = 0.1;

    private readonly object _lock = new();
    private readonly List<TaskCompletionSource> _sleepers = []; // guarded by _lock
    private ulong _bytesPerSecond; // 0: unlimited; guarded by _lock
    private double _balance; // bytes that may pass now; negative: owed; guarded by _lock
    private long _filledAt = time.GetTimestamp(); // guarded by _lock

    /// <summary>Bytes in a second; 0 for as many as there are.</summary>
    public ulong BytesPerSecond
    {
        get
        {
            lock (_lock)
            {
                return _bytesPerSecond;
            }
        }

        set
        {
            lock (_lock)
            {
                Refill();
                _bytesPerSecond = value;
                foreach (TaskCompletionSource sleeper in _sleepers)
                {
                    sleeper.TrySetResult();
                }

                _sleepers.Clear();
            }
        }
    }

    /// <summary>
    /// How much one request should ask for, so that the flow stays even; <see cref="ulong.MaxValue"/> without a
    /// limit.
    /// </summary>
    public ulong EvenBytes => BytesPerSecond is ulong speed and > 0
        ? (ulong)Math.Max(1, speed * BurstSeconds)
        : ulong.MaxValue;

    /// <summary>
    /// Returns when so many bytes may pass. Larger requests than the bucket pass too and are paid for afterwards.
    /// </summary>
    public async ValueTask TakeAsync(ulong bytes, CancellationToken cancellation)
    {
        while (true)
        {
            TaskCompletionSource sleeper;
            TimeSpan wait;
            lock (_lock)
            {
                Refill();
                if (_bytesPerSecond == 0 || _balance >= 0)
                {
                    _balance = _bytesPerSecond == 0 ? 0 : _balance - bytes;
                    return;
                }

                wait = TimeSpan.FromSeconds(Math.Min(-_balance / _bytesPerSecond, TimeSpan.FromDays(1).TotalSeconds));
                sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _sleepers.Add(sleeper);
            }

            await SleepAsync(sleeper, wait, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask SleepAsync(TaskCompletionSource sleeper, TimeSpan wait, CancellationToken cancellation)
    {
        // Rounded up: a timer that fires a tick early would only go round once more.
        TimeSpan due = wait + TimeSpan.FromMilliseconds(1);
        using ITimer timer = time.CreateTimer(
            static state => ((TaskCompletionSource)state!).TrySetResult(), sleeper, due, Timeout.InfiniteTimeSpan);
        try
        {
            await sleeper.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _sleepers.Remove(sleeper);
            }
        }
    }

    private void Refill()
    {
        long now = time.GetTimestamp();
        double earned = time.GetElapsedTime(_filledAt, now).TotalSeconds * _bytesPerSecond;
        _balance = Math.Min(_balance + earned, _bytesPerSecond * BurstSeconds);
        _filledAt = now;
    }
}
