namespace BlockGen;

/// <summary>How an image is mirrored.</summary>
public sealed record MirrorOptions : ChainCopyOptions
{
    /// <summary>The image that becomes like the source; open for writing, and as long. It stays its giver's.</summary>
    public required Image Target { get; init; }

    /// <summary>
    /// A layer of the source's chain: what it shows is not copied, because the target shows it too. It may be the target
    /// itself; then the layers above it are committed. Null to copy everything.
    /// </summary>
    public Image? Base { get; init; }

    /// <summary>Whether what is there already is copied, and not only what guests write from now on.</summary>
    public bool CopiesExisting { get; init; } = true;

    /// <summary>What guests use once the job is completed; null for the target.</summary>
    public Image? Successor { get; init; }

    /// <summary>Told once that the target is like the source but for what was written in the last moment.</summary>
    public Action? Ready { get; init; }
}

/// <summary>
/// Makes another image like this one and keeps it so while guests write, until it is told to complete. Started by
/// <see cref="LiveImage.StartMirror"/>.
/// </summary>
public sealed class MirrorJob : CopyJob
{
    private const ulong LastBytes = 1 << 20;

    private readonly LiveImage _live;
    private readonly MirrorPolicy _policy;
    private readonly MirrorOptions _options;
    private readonly TaskCompletionSource _completing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDisposable? _pause; // of the guests' requests; Interlocked
    private bool _exchanges = true;

    private MirrorJob(LiveImage live, Image source, MirrorPolicy policy, MirrorOptions options)
        : base(source, policy, options.Tune(source), options)
    {
        (_live, _policy, _options) = (live, policy, options);
        RequireBounceFor(policy.Granularity);
    }

    /// <summary>The bytes copied, and those in all: more as guests write.</summary>
    public override CopyProgress Progress
    {
        get
        {
            ulong doneBytes = _policy.DoneBytes;
            return new CopyProgress(doneBytes, doneBytes + _policy.DirtyBytes, base.Progress.CopiedBytes);
        }
    }

    internal static MirrorJob Create(LiveImage live, MirrorOptions options)
    {
        Image source = live.Current;
        if (options.Target.IsReadOnly)
        {
            throw new IOException($"{options.Target.Storage.Name}: is open read-only, so nothing can be mirrored to it");
        }

        return new MirrorJob(live, source, new MirrorPolicy(source, options), options);
    }

    /// <summary>
    /// Ends the job, once the target is like the source. Guests use the target from then on, or the source as before; the
    /// target is a copy of that moment then.
    /// </summary>
    public void Complete(bool exchanges)
    {
        _exchanges = exchanges;
        _completing.TrySetResult();
    }

    /// <inheritdoc/>
    private protected override async ValueTask PrepareAsync(CancellationToken cancellation)
    {
        if (_options.Base == _options.Target && _options.Target.Length < Image.Length)
        {
            await _options.Target.ResizeAsync(Image.Length, Preallocation.Off, cancellation).ConfigureAwait(false);
        }

        if (_options.Target.Length != Image.Length)
        {
            throw new ImageException("Source and target image have different sizes");
        }

        await _live.ObserveAsync(_policy, cancellation).ConfigureAwait(false);
        if (_options.CopiesExisting)
        {
            await _policy.MarkExistingAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    private protected override async Task CopyAllAsync(CopyEngine engine, CancellationToken cancellation)
    {
        await CopyMarkedAsync(engine, cancellation).ConfigureAwait(false);
        _options.Ready?.Invoke();
        while (!_completing.Task.IsCompleted)
        {
            await Task.WhenAny(_policy.WhenDirtiedAsync(), _completing.Task)
                .WaitAsync(cancellation).ConfigureAwait(false);
            await CopyMarkedAsync(engine, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    private protected override async Task CopyRestAsync(CopyEngine engine, CancellationToken cancellation)
    {
        await CopyMarkedAsync(engine, cancellation).ConfigureAwait(false);
        _pause = await _live.PauseAsync(cancellation).ConfigureAwait(false);

        // Guests wait now: neither a speed limit nor an operator may make them wait for long.
        engine.Speed.BytesPerSecond = 0;
        engine.OnError = ErrorPolicy.Report;
        while (_policy.DirtyBytes > 0)
        {
            engine.Rewind();
            await engine.RunAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    private protected override async ValueTask FinishAsync(CancellationToken cancellation)
    {
        await _options.Target.FlushAsync(cancellation).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
        if (_exchanges)
        {
            Image old = _live.Exchange(_options.Successor ?? _options.Target);
            await old.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    private protected override void LetGo()
    {
        _live.StopObserving(_policy);
        Interlocked.Exchange(ref _pause, null)?.Dispose();
    }

    /// <summary>Passes over the disk until little is left that guests have written meanwhile.</summary>
    private async Task CopyMarkedAsync(CopyEngine engine, CancellationToken cancellation)
    {
        do
        {
            engine.Rewind();
            await engine.RunAsync(cancellation).ConfigureAwait(false);
        }
        while (_policy.DirtyBytes > Math.Max(LastBytes, _policy.Granularity));
    }
}
