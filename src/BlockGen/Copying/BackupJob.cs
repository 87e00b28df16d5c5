namespace BlockGen;

/// <summary>How an image is backed up.</summary>
public sealed record BackupOptions : ChainCopyOptions
{
    /// <summary>The image that receives the copy; open for writing, and as long. It stays its giver's.</summary>
    public required Image Target { get; init; }

    /// <summary>A layer of the source's chain that the copy is made without; null to copy everything.</summary>
    public Image? Base { get; init; }

    /// <summary>Whether only what guests are about to change is copied, until the job is cancelled.</summary>
    public bool CopiesChangesOnly { get; init; }
}

/// <summary>
/// Copies an image as it was when the job began, whatever guests write meanwhile. Started by
/// <see cref="LiveImage.StartBackupAsync"/>.
/// </summary>
/// <remarks>When something cannot be copied before a guest changes it, the job fails and the guest goes on.</remarks>
public sealed class BackupJob : CopyJob
{
    private readonly LiveImage _live;
    private readonly BackupPolicy _policy;
    private readonly BackupOptions _options;

    private BackupJob(LiveImage live, Image source, BackupPolicy policy, BackupOptions options)
        : base(source, policy, options.Tune(source), options)
    {
        (_live, _policy, _options) = (live, policy, options);
        RequireBounceFor(policy.Granularity);
    }

    internal static BackupJob Create(LiveImage live, BackupOptions options)
    {
        Image source = live.Current;
        if (options.Target.IsReadOnly)
        {
            throw new IOException($"{options.Target.Storage.Name}: is open read-only, so nothing can be copied to it");
        }

        if (options.Target.Length != source.Length)
        {
            throw new ImageException("Source and target image have different sizes");
        }

        return new BackupJob(live, source, new BackupPolicy(source, options), options);
    }

    /// <summary>Takes down what the copy is made of, at a moment at which no request is in flight.</summary>
    internal async ValueTask FixMomentAsync(CancellationToken cancellation)
    {
        using (await _live.PauseAsync(cancellation).ConfigureAwait(false))
        {
            await _policy.MarkNeededAsync(cancellation).ConfigureAwait(false);
            _live.Observe(_policy);
        }
    }

    /// <summary>Undoes <see cref="FixMomentAsync"/> for a job that could not be started.</summary>
    internal void Forget() => LetGo();

    /// <inheritdoc/>
    private protected override async Task CopyAllAsync(CopyEngine engine, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task copying = _options.CopiesChangesOnly
            ? Task.Delay(Timeout.Infinite, stop.Token)
            : engine.RunAsync(stop.Token);
        if (await Task.WhenAny(copying, _policy.Failed).ConfigureAwait(false) != copying)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _policy.Failed.ConfigureAwait(false);
        }

        await copying.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    private protected override async ValueTask FinishAsync(CancellationToken cancellation)
    {
        await _options.Target.FlushAsync(cancellation).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
        if (_policy.Failed.IsFaulted)
        {
            await _policy.Failed.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    private protected override void LetGo() => _live.StopObserving(_policy);
}
