using System.Diagnostics;

namespace BlockGen;

/// <summary>How slow a <see cref="LatencyStorage"/> is.</summary>
public sealed record LatencyOptions
{
    /// <summary>Added to each read.</summary>
    public TimeSpan Read { get; init; }

    /// <summary>Added to each write, zeroing and discard.</summary>
    public TimeSpan Write { get; init; }

    /// <summary>Added to each flush.</summary>
    public TimeSpan Flush { get; init; }

    /// <summary>Bytes a second that reads and writes share; 0 is no limit.</summary>
    public ulong BytesPerSecond { get; init; }
}

/// <summary>A storage far away: requests take longer, side by side, and share a line.</summary>
/// <remarks>
/// Thread-safe. A request is delayed before it reaches the storage behind; a cancelled one never does.
/// </remarks>
public sealed class LatencyStorage : ObservingStorage
{
    private readonly LatencyOptions _options;
    private readonly IDelayClock _clock;
    private readonly object _lock = new();
    private long _lineFreeAt; // in ticks of Stopwatch; guarded by _lock

    /// <summary>Makes <paramref name="inner"/> slow.</summary>
    public LatencyStorage(IStorage inner, LatencyOptions options) : this(inner, options, PreciseDelay.Clock)
    {
    }

    internal LatencyStorage(IStorage inner, LatencyOptions options, IDelayClock clock) : base(inner)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Read, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Write, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Flush, TimeSpan.Zero, nameof(options));
        _options = options;
        _clock = clock;
    }

    /// <summary>Returns 0: what is far away cannot copy by itself.</summary>
    public override ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested
            ? ValueTask.FromCanceled<ulong>(cancellation)
            : ValueTask.FromResult(0UL);

    /// <inheritdoc/>
    protected override ValueTask BeforeAsync(StorageRequest request, CancellationToken cancellation)
    {
        TimeSpan latency = request.Operation switch
        {
            StorageOperation.Read => _options.Read,
            StorageOperation.Write or StorageOperation.WriteZeroes or StorageOperation.Discard => _options.Write,
            StorageOperation.Flush => _options.Flush,
            _ => TimeSpan.Zero,
        };
        bool usesLine = _options.BytesPerSecond > 0
            && request.Operation is StorageOperation.Read or StorageOperation.Write;
        if (latency == TimeSpan.Zero && !usesLine)
        {
            return default;
        }

        long now = _clock.Now;
        long sent = usesLine ? TakeLine(now, request.Range.Length) : now;
        return _clock.UntilAsync(sent + ToTicks(latency.TotalSeconds), cancellation);
    }

    private static long ToTicks(double seconds) => (long)(seconds * Stopwatch.Frequency);

    private long TakeLine(long now, ulong bytes)
    {
        lock (_lock)
        {
            _lineFreeAt = Math.Max(_lineFreeAt, now) + ToTicks((double)bytes / _options.BytesPerSecond);
            return _lineFreeAt;
        }
    }
}
