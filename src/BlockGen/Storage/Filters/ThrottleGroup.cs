namespace BlockGen;

/// <summary>Limits of a <see cref="ThrottleGroup"/>; 0 is no limit.</summary>
public sealed record ThrottleLimits
{
    /// <summary>Bytes read and written in a second.</summary>
    public ulong BytesPerSecond { get; init; }

    /// <summary>Bytes read in a second.</summary>
    public ulong ReadBytesPerSecond { get; init; }

    /// <summary>Bytes written in a second.</summary>
    public ulong WriteBytesPerSecond { get; init; }

    /// <summary>Reads and writes in a second.</summary>
    public ulong RequestsPerSecond { get; init; }

    /// <summary>Reads in a second.</summary>
    public ulong ReadsPerSecond { get; init; }

    /// <summary>Writes in a second, zeroing and discards included.</summary>
    public ulong WritesPerSecond { get; init; }
}

/// <summary>Limits that the storages of one group share; see <see cref="ThrottleStorage"/>.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ThrottleGroup
{
    private readonly SpeedLimit _bytes;
    private readonly SpeedLimit _readBytes;
    private readonly SpeedLimit _writeBytes;
    private readonly SpeedLimit _requests;
    private readonly SpeedLimit _reads;
    private readonly SpeedLimit _writes;

    /// <summary>A group with its own budget.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public ThrottleGroup(ThrottleLimits limits, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        time ??= TimeProvider.System;
        Limits = limits;
        _bytes = new SpeedLimit(time) { BytesPerSecond = limits.BytesPerSecond };
        _readBytes = new SpeedLimit(time) { BytesPerSecond = limits.ReadBytesPerSecond };
        _writeBytes = new SpeedLimit(time) { BytesPerSecond = limits.WriteBytesPerSecond };

        // A request weighs one: the same bucket counts them.
        _requests = new SpeedLimit(time) { BytesPerSecond = limits.RequestsPerSecond };
        _reads = new SpeedLimit(time) { BytesPerSecond = limits.ReadsPerSecond };
        _writes = new SpeedLimit(time) { BytesPerSecond = limits.WritesPerSecond };
    }

    /// <summary>The limits it keeps to.</summary>
    public ThrottleLimits Limits { get; }

    internal async ValueTask TakeAsync(bool isWrite, ulong bytes, CancellationToken cancellation)
    {
        await _requests.TakeAsync(1, cancellation).ConfigureAwait(false);
        await (isWrite ? _writes : _reads).TakeAsync(1, cancellation).ConfigureAwait(false);
        await _bytes.TakeAsync(bytes, cancellation).ConfigureAwait(false);
        await (isWrite ? _writeBytes : _readBytes).TakeAsync(bytes, cancellation).ConfigureAwait(false);
    }
}
