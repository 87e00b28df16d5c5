namespace BlockGen;

/// <summary>How hard a copy works.</summary>
/// <param name="MaxCopies">Copies in flight at most.</param>
/// <param name="MinChunkBytes">Bytes of a copy to begin with.</param>
/// <param name="MaxChunkBytes">Bytes of a copy at most, unless one cluster is more.</param>
/// <param name="OnError">What an error leads to.</param>
internal sealed record CopyTuning(int MaxCopies, ulong MinChunkBytes, ulong MaxChunkBytes, ErrorPolicy OnError);

/// <summary>
/// Copies with many requests in flight, whatever the policy: adaptive size, speed limit, pause, cancellation within
/// moments, errors by policy, and chunks that a guest is at work in left for later.
/// </summary>
internal sealed partial class CopyEngine
{
    private const ulong MaxZeroBytes = 256 << 20;
    private const int MaxDeferred = 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(20);

    private readonly ICopyPolicy _policy;
    private readonly BouncePool _bounce;
    private readonly CopyTuning _tuning;
    private readonly TimeProvider _time;
    private readonly ChunkSizer _sizer;
    private readonly CopyScanner _scanner;
    private readonly CopyCounters _counters;
    private readonly object _lock = new();
    private readonly Queue<CopyRun> _failed = new(); // to be tried again; guarded by _lock
    private readonly Queue<CopyRun> _deferred = new(); // a guest write was there; guarded by _lock

    public CopyEngine(ICopyPolicy policy, BouncePool bounce, CopyTuning tuning, TimeProvider time)
    {
        _policy = policy;
        _bounce = bounce;
        _tuning = tuning;
        _time = time;
        _sizer = new ChunkSizer(tuning.MinChunkBytes, tuning.MaxChunkBytes, Math.Max(tuning.MaxCopies, 4), time);
        _scanner = new CopyScanner(policy);
        _counters = new CopyCounters(policy.Length);
        OnError = tuning.OnError;
        Speed = new SpeedLimit(time);
        Gate = new CopyGate(tuning.MaxCopies);
    }

    /// <summary>What an error leads to.</summary>
    public ErrorPolicy OnError { get; set; }

    /// <summary>The copies in flight, and the pause.</summary>
    public CopyGate Gate { get; }

    /// <summary>The speed.</summary>
    public SpeedLimit Speed { get; }

    /// <summary>How far it has come.</summary>
    public CopyProgress Progress => _counters.Progress;

    /// <summary>Called whenever the progress has changed.</summary>
    public Action? Advanced { get; init; }

    /// <summary>Called when an error has paused the copy.</summary>
    public Action<Exception>? Stopped { get; init; }

    /// <summary>Called with an error and what the policy makes of it, before that happens.</summary>
    public Action<Exception, ErrorPolicy>? Faulted { get; init; }

    /// <summary>
    /// Copies everything. After an error or a cancellation, copies that do not come back at once are left to
    /// themselves: they keep claim and buffer until their storage lets go of them, and store nothing.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await CopyAllAsync(stop).ConfigureAwait(false);
        }
        catch (Exception)
        {
            _ = stop.CancelAsync();
            await WaitForStragglersAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            Fatal?.Throw();
            throw;
        }
        finally
        {
            _ = DisposeWhenIdleAsync(stop);
        }

        PassedOver?.Throw();
    }

    /// <summary>Goes through the disk once more with the next run. None is at work.</summary>
    public void Rewind() => _scanner.Rewind();

    private async Task CopyAllAsync(CancellationTokenSource stop)
    {
        CancellationToken cancellation = stop.Token;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TakeUnfinished(out CopyRun chunk))
            {
                await DispatchAsync(chunk, waitsForClaim: true, stop).ConfigureAwait(false);
            }
            else if (!_scanner.IsAtEnd)
            {
                await ScanAndDispatchAsync(stop).ConfigureAwait(false);
            }
            else
            {
                await Gate.WhenIdleAsync(cancellation).ConfigureAwait(false);
                if (!HasUnfinished())
                {
                    // The last copy may have ended with the error that stopped everything.
                    cancellation.ThrowIfCancellationRequested();
                    return;
                }
            }
        }
    }

    private async ValueTask ScanAndDispatchAsync(CancellationTokenSource stop)
    {
        CopyRun chunk;
        try
        {
            await Gate.BeginAsync(stop.Token).ConfigureAwait(false);
            try
            {
                ulong bytes = Math.Min(_sizer.Bytes, Speed.EvenBytes);
                chunk = await _scanner.NextAsync(bytes, MaxZeroBytes, stop.Token)
                    .AsTask().WaitAsync(stop.Token).ConfigureAwait(false);
            }
            finally
            {
                Gate.End();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            OnScanError(exception, stop);
            return;
        }

        if (chunk.Action is CopyAction.Skip)
        {
            Advance(chunk.Range.Length, copied: 0, stop);
        }
        else
        {
            await DispatchAsync(chunk, waitsForClaim: false, stop).ConfigureAwait(false);
        }
    }

    private async ValueTask DispatchAsync(CopyRun chunk, bool waitsForClaim, CancellationTokenSource stop)
    {
        ulong cost = chunk.Action is CopyAction.Copy ? chunk.Range.Length : 0;
        await Speed.TakeAsync(cost, stop.Token).ConfigureAwait(false);
        await Gate.BeginAsync(stop.Token).ConfigureAwait(false);

        // On a thread of its own: a storage that answers synchronously must not serialise the copies.
        _ = Task.Run(() => CopyInFlightAsync(chunk, waitsForClaim, stop), CancellationToken.None);
    }

    private bool TakeUnfinished(out CopyRun chunk)
    {
        lock (_lock)
        {
            return _failed.TryDequeue(out chunk)
                || ((_scanner.IsAtEnd || _deferred.Count > MaxDeferred) && _deferred.TryDequeue(out chunk));
        }
    }

    private bool HasUnfinished()
    {
        lock (_lock)
        {
            return _failed.Count + _deferred.Count > 0;
        }
    }

    private void Advance(ulong bytes, ulong copied, CancellationTokenSource stop)
    {
        _counters.Advance(bytes, copied);
        Tell(() => Advanced?.Invoke(), stop);
    }

    private async Task WaitForStragglersAsync()
    {
        try
        {
            await Gate.WhenIdleAsync(CancellationToken.None).WaitAsync(Grace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // They hang in their storage; nobody waits for that.
        }
    }

    private async Task DisposeWhenIdleAsync(CancellationTokenSource stop)
    {
        await Gate.WhenIdleAsync(CancellationToken.None).ConfigureAwait(false);
        stop.Dispose();
    }
}
