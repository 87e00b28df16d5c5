namespace BlockGen;

/// <summary>Copies a disk as it was at one moment: what a guest is about to change is copied first.</summary>
internal sealed class BackupPolicy : ICopyPolicy, IGuestWriteObserver
{
    private const ulong SmallestChunkBytes = 64 << 10;
    private const ulong MostBytesAtOnce = 1 << 20;

    private readonly Image _source;
    private readonly Image _target;
    private readonly Image? _base;
    private readonly DirtyMap _needed; // changed by whoever has the claim
    private readonly RangeTracker _copies = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BackupPolicy(Image source, BackupOptions options)
    {
        (_source, _target, _base) = (source, options.Target, options.Base);
        Granularity = Math.Max(SmallestChunkBytes, Math.Max(source.ClusterBytes, options.Target.ClusterBytes));
        _needed = new DirtyMap(source.Length, Granularity);
    }

    public ulong Length => _source.Length;

    public ulong Granularity { get; }

    /// <summary>Fails when something could not be copied before a guest changed it.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Marks what the copy is made of. No guest may write meanwhile.</summary>
    public ValueTask MarkNeededAsync(CancellationToken cancellation) =>
        ChainScan.MarkAboveAsync(_source, _base, _needed, cancellation);

    public bool TryClaim(GuestRange range, out RangeTicket claim) =>
        _copies.TryEnter(range, RangeAccess.Claim, out claim);

    public ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation) =>
        _copies.EnterAsync(range, RangeAccess.Claim, cancellation);

    public async ValueTask<CopyRun> ScanAsync(GuestRange range, CancellationToken cancellation)
    {
        (GuestRange run, bool isNeeded) = _needed.FirstRun(range);
        if (!isNeeded)
        {
            return new CopyRun(run, CopyAction.Skip);
        }

        CopyRun found = await ChainScan.AboveAsync(_source, baseLayer: null, run, cancellation).ConfigureAwait(false);
        return found.Action is CopyAction.Skip ? found with { Action = CopyAction.Copy } : found;
    }

    public async ValueTask<ulong> CopyAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        ulong stored = 0;
        for (GuestRange rest = range; rest.Length > 0;)
        {
            (GuestRange run, bool isNeeded) = _needed.FirstRun(rest);
            if (isNeeded)
            {
                Memory<byte> part = bounce[..(int)run.Length];
                await _source.ReadAsync(run.Start, part, cancellation).ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
                await _target.WriteAsync(run.Start, part, cancellation).ConfigureAwait(false);
                _needed.Clear(run);
                stored += run.Length;
            }

            rest = new GuestRange(run.End, rest.End - run.End);
        }

        return stored;
    }

    public async ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation)
    {
        // What is still needed no guest has changed: it is as it was scanned.
        for (GuestRange rest = range; rest.Length > 0;)
        {
            (GuestRange run, bool isNeeded) = _needed.FirstRun(rest);
            if (isNeeded)
            {
                await _target.WriteZeroesAsync(run, ZeroMode.MayUnmap, cancellation).ConfigureAwait(false);
                _needed.Clear(run);
            }

            rest = new GuestRange(run.End, rest.End - run.End);
        }
    }

    public async ValueTask BeforeChangeAsync(GuestRange range, CancellationToken cancellation)
    {
        GuestRange whole = range.AlignOutward(Granularity).Take(Length - range.AlignOutward(Granularity).Start.Value);
        while (whole.Length > 0 && !_failed.Task.IsCompleted)
        {
            GuestRange part = whole.Take(Math.Max(MostBytesAtOnce, Granularity));
            using RangeTicket claim = await ClaimAsync(part, cancellation).ConfigureAwait(false);
            if (_needed.FirstRun(part) is not ({ } run, false) || run.Length < part.Length)
            {
                await CopyBeforeChangeAsync(part, cancellation).ConfigureAwait(false);
            }

            whole = new GuestRange(part.End, whole.End - part.End);
        }
    }

    public void AfterChange(GuestRange range)
    {
    }

    private async ValueTask CopyBeforeChangeAsync(GuestRange range, CancellationToken cancellation)
    {
        try
        {
            using BounceBuffer bounce = await _source.Bounce.RentAsync((int)range.Length, cancellation)
                .ConfigureAwait(false);
            await CopyAsync(range, bounce.Memory, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (StorageFault.Is(failure) || failure is ObjectDisposedException)
        {
            // The guest goes on; the copy is worth nothing any more. Once the job is over the target may be closed.
            _failed.TrySetException(failure);
        }
    }
}
