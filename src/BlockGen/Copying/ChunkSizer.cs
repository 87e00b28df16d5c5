namespace BlockGen;

/// <summary>Finds the size of requests that the storages are fastest with: it grows while growing pays.</summary>
/// <param name="smallest">Bytes to begin with, and at least.</param>
/// <param name="largest">Bytes never exceeded, unless <paramref name="smallest"/> is more.</param>
/// <param name="windowCopies">Copies that make one measurement.</param>
/// <param name="time">The clock.</param>
internal sealed class ChunkSizer(ulong smallest, ulong largest, int windowCopies, TimeProvider time)
{
    private const double WorthGrowing = 1.05;
    private const double WorthShrinking = 0.8;
    private static readonly TimeSpan HighLatency = TimeSpan.FromMilliseconds(20);

    private readonly object _lock = new();
    private readonly ulong _smallest = smallest;
    private ulong _bytes = smallest; // guarded by _lock
    private double _bestRate; // bytes in a second, of the window before; guarded by _lock
    private bool _isSettled; // guarded by _lock
    private bool _skipsWindow; // the copies of the old size are still on their way; guarded by _lock
    private long _windowStart = time.GetTimestamp(); // guarded by _lock
    private double _windowBytes; // guarded by _lock
    private TimeSpan _windowLatency; // guarded by _lock
    private int _windowCount; // guarded by _lock

    /// <summary>Bytes that the next copy should have.</summary>
    public ulong Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>A copy is done.</summary>
    public void Record(ulong bytes, TimeSpan latency)
    {
        lock (_lock)
        {
            if (_isSettled)
            {
                return;
            }

            _windowBytes += bytes;
            _windowLatency += latency;
            if (++_windowCount == windowCopies)
            {
                Judge();
            }
        }
    }

    private void Judge()
    {
        double seconds = Math.Max(time.GetElapsedTime(_windowStart).TotalSeconds, 1e-9);
        double rate = _windowBytes / seconds;
        bool latencyIsHigh = _windowLatency / _windowCount >= HighLatency;
        (_windowStart, _windowBytes, _windowLatency, _windowCount) = (time.GetTimestamp(), 0, TimeSpan.Zero, 0);
        if (_skipsWindow)
        {
            _skipsWindow = false;
        }
        else if (rate < _bestRate * WorthShrinking)
        {
            _bytes = Math.Max(_smallest, _bytes / 2);
            _isSettled = true;
        }
        else if (_bytes * 2 <= largest && (latencyIsHigh || rate >= _bestRate * WorthGrowing))
        {
            _bestRate = rate;
            _bytes *= 2;
            _skipsWindow = true;
        }
        else
        {
            _isSettled = true;
        }
    }
}
