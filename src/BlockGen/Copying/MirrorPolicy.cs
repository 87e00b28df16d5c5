namespace BlockGen;

/// <summary>Copies what is marked, as long as guests mark more by writing.</summary>
internal sealed class MirrorPolicy : ICopyPolicy, IGuestWriteObserver
{
    private const ulong SmallestChunkBytes = 64 << 10;

    private readonly Image _source;
    private readonly Image _target;
    private readonly Image? _base;
    private readonly DirtyMap _dirty;
    private readonly RangeTracker _copies = new();
    private ulong _doneBytes; // Interlocked
    private TaskCompletionSource _dirtied = NewSignal(); // Volatile

    public MirrorPolicy(Image source, MirrorOptions options)
    {
        (_source, _target, _base) = (source, options.Target, options.Base);
        Granularity = Math.Max(SmallestChunkBytes, Math.Max(source.ClusterBytes, options.Target.ClusterBytes));
        _dirty = new DirtyMap(source.Length, Granularity);
    }

    public ulong Length => _source.Length;

    public ulong Granularity { get; }

    /// <summary>Bytes that the target lacks.</summary>
    public ulong DirtyBytes => _dirty.Bytes;

    /// <summary>Bytes that were copied; again, when they had changed again.</summary>
    public ulong DoneBytes => Volatile.Read(ref _doneBytes);

    /// <summary>Done when a guest has written since the call.</summary>
    public Task WhenDirtiedAsync()
    {
        TaskCompletionSource next = NewSignal();
        Volatile.Write(ref _dirtied, next);
        return _dirty.Bytes > 0 ? Task.CompletedTask : next.Task;
    }

    /// <summary>Marks what the layers above the base hold; everything without a base.</summary>
    public ValueTask MarkExistingAsync(CancellationToken cancellation) =>
        ChainScan.MarkAboveAsync(_source, _base, _dirty, cancellation);

    public bool TryClaim(GuestRange range, out RangeTicket claim) =>
        _copies.TryEnter(range, RangeAccess.Claim, out claim);

    public ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation) =>
        _copies.EnterAsync(range, RangeAccess.Claim, cancellation);

    public ValueTask<CopyRun> ScanAsync(GuestRange range, CancellationToken cancellation)
    {
        (GuestRange run, bool isDirty) = _dirty.FirstRun(range);
        return isDirty
            ? ScanDirtyAsync(run, cancellation)
            : ValueTask.FromResult(new CopyRun(run, CopyAction.Skip));
    }

    public async ValueTask<ulong> CopyAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        // Unmarked before it is read: what a guest writes from now on is marked again, and copied again.
        ulong clearedBytes = _dirty.Clear(range);
        try
        {
            bounce = bounce[..(int)range.Length];
            await _source.ReadAsync(range.Start, bounce, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            await _target.WriteAsync(range.Start, bounce, cancellation).ConfigureAwait(false);
        }
        catch
        {
            _dirty.Mark(range);
            throw;
        }

        Interlocked.Add(ref _doneBytes, clearedBytes);
        return range.Length;
    }

    public async ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation)
    {
        ulong clearedBytes = _dirty.Clear(range);
        try
        {
            if (!await IsStillZeroAsync(range, cancellation).ConfigureAwait(false))
            {
                // A guest has written since it was scanned: the next pass copies that.
                _dirty.Mark(range);
                return;
            }

            await _target.WriteZeroesAsync(range, ZeroMode.MayUnmap, cancellation).ConfigureAwait(false);
        }
        catch
        {
            _dirty.Mark(range);
            throw;
        }

        Interlocked.Add(ref _doneBytes, clearedBytes);
    }

    public ValueTask BeforeChangeAsync(GuestRange range, CancellationToken cancellation) => ValueTask.CompletedTask;

    public void AfterChange(GuestRange range)
    {
        _dirty.Mark(range);
        Volatile.Read(ref _dirtied).TrySetResult();
    }

    private async ValueTask<CopyRun> ScanDirtyAsync(GuestRange range, CancellationToken cancellation)
    {
        CopyRun run = await ChainScan.AboveAsync(_source, _base, range, cancellation).ConfigureAwait(false);

        // Marked and yet not above the base: next to what is, in one chunk.
        return run.Action is CopyAction.Skip ? run with { Action = CopyAction.Copy } : run;
    }

    private async ValueTask<bool> IsStillZeroAsync(GuestRange range, CancellationToken cancellation)
    {
        for (ulong at = range.Start.Value; at < range.End;)
        {
            CopyRun run = await ChainScan.AboveAsync(
                _source, _base, new GuestRange(at, range.End - at), cancellation).ConfigureAwait(false);
            if (run.Action is not CopyAction.Zero)
            {
                return false;
            }

            at = run.Range.End;
        }

        return true;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
