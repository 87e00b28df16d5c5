namespace BlockGen;

/// <summary>What goes wrong with a request.</summary>
public sealed class Fault
{
    private readonly Func<string, StorageRequest, Exception>? _makeError;

    private Fault(Func<string, StorageRequest, Exception>? makeError, TimeSpan duration)
    {
        _makeError = makeError;
        Duration = duration;
    }

    /// <summary>The device fails: an input/output error.</summary>
    public static Fault InputOutput { get; } = new(
        static (name, request) => StorageErrors.InputOutput(name, $"injected into {request}"), TimeSpan.Zero);

    /// <summary>The storage is full: an error that <see cref="StorageErrors.IsNoSpace"/> recognises.</summary>
    public static Fault NoSpace { get; } = new(
        static (name, request) => StorageErrors.NoSpace(name, $"injected into {request}"), TimeSpan.Zero);

    /// <summary>Nothing happens until the caller cancels or the storage is told to go on.</summary>
    public static Fault Hang { get; } = new(null, Timeout.InfiniteTimeSpan);

    /// <summary>
    /// How long the request hangs; <see cref="Timeout.InfiniteTimeSpan"/> until it is cancelled or released.
    /// </summary>
    public TimeSpan Duration { get; }

    /// <summary>Any error.</summary>
    public static Fault Throw(Func<StorageRequest, Exception> makeError)
    {
        ArgumentNullException.ThrowIfNull(makeError);
        return new Fault((_, request) => makeError(request), TimeSpan.Zero);
    }

    /// <summary>The request hangs for a while and then goes on.</summary>
    public static Fault HangFor(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(duration.Ticks, nameof(duration));
        return new Fault(null, duration);
    }

    /// <summary>The error; null for a fault that only takes time.</summary>
    internal Exception? MakeError(string name, StorageRequest request) => _makeError?.Invoke(name, request);
}

/// <summary>
/// Says of each request what goes wrong with it; null when nothing does. Called from many threads at once.
/// </summary>
public delegate Fault? FaultRule(StorageRequest request);

/// <summary>Rules for <see cref="FaultStorage"/>.</summary>
public static class FaultRules
{
    /// <summary>A fault in every request of a kind.</summary>
    public static FaultRule On(StorageOperation operation, Fault fault) =>
        request => request.Operation == operation ? fault : null;

    /// <summary>A fault in every request of a kind that touches a range.</summary>
    public static FaultRule On(StorageOperation operation, HostRange range, Fault fault) =>
        request => request.Operation == operation
            && request.Range.Start.Value < range.End
            && range.Start.Value < request.Range.End
            ? fault
            : null;

    /// <summary>A fault in the one request that this many others came before.</summary>
    public static FaultRule At(ulong ordinal, Fault fault) => request => request.Ordinal == ordinal ? fault : null;

    /// <summary>A fault in every request that at least this many others came before.</summary>
    public static FaultRule After(ulong ordinal, Fault fault) => request => request.Ordinal >= ordinal ? fault : null;

    /// <summary>A fault in a share of the requests, the same ones for the same seed.</summary>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="fault">What goes wrong.</param>
    public static FaultRule Sometimes(double probability, int seed, Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1.0);
        return request => Draw(seed, request.Ordinal) < probability ? fault : null;
    }

    /// <summary>The first fault that one of the rules finds.</summary>
    public static FaultRule FirstOf(params FaultRule[] rules) => request =>
    {
        foreach (FaultRule rule in rules)
        {
            if (rule(request) is { } fault)
            {
                return fault;
            }
        }

        return null;
    };

    /// <summary>
    /// A number in [0, 1) that depends on seed and ordinal alone, so that threads need no shared generator.
    /// </summary>
    private static double Draw(int seed, ulong ordinal)
    {
        ulong bits = ((ulong)(uint)seed << 32) + 0x9e3779b97f4a7c15 * (ordinal + 1);
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
        return ((bits ^ (bits >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
