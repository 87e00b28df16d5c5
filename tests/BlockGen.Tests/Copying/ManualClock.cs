namespace BlockGen.Tests.Copying;

/// <summary>A clock that moves when it is told to; its timers fire then, in order.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly object _lock = new();
    private readonly List<ManualTimer> _timers = []; // guarded by _lock
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously); // guarded by _lock
    private TimeSpan _now; // guarded by _lock

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _now.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            ManualTimer timer = new(this, _now + dueTime, () => callback(state));
            _timers.Add(timer);
            _armed.TrySetResult();
            return timer;
        }
    }

    /// <summary>Returns when somebody waits for the clock.</summary>
    public Task WhenArmedAsync()
    {
        lock (_lock)
        {
            if (_timers.Count > 0)
            {
                return Task.CompletedTask;
            }

            if (_armed.Task.IsCompleted)
            {
                _armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _armed.Task;
        }
    }

    /// <summary>Moves on to when the next timer is due. Returns by how much.</summary>
    public TimeSpan AdvanceToNextTimer()
    {
        ManualTimer next;
        TimeSpan step;
        lock (_lock)
        {
            next = _timers.MinBy(timer => timer.Due) ?? throw new InvalidOperationException("nobody waits");
            _timers.Remove(next);
            step = next.Due > _now ? next.Due - _now : TimeSpan.Zero;
            _now += step;
        }

        next.Fire();
        return step;
    }

    /// <summary>Moves on; timers that become due do not fire.</summary>
    public void Advance(TimeSpan step)
    {
        lock (_lock)
        {
            _now += step;
        }
    }

    private void Forget(ManualTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimeSpan due, Action fire) : ITimer
    {
        public TimeSpan Due => due;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            throw new NotSupportedException("timers here fire once");

        public void Dispose() => clock.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
