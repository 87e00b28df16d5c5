namespace BlockGen;

/// <summary>How an image is committed.</summary>
public sealed record CommitOptions : ChainCopyOptions
{
    /// <summary>
    /// The layer of the chain that receives the data, opened for writing; null for the image's backing image.
    /// </summary>
    public Image? Base { get; init; }

    /// <summary>
    /// The image whose backing image is the one that is committed: afterwards the base is. Null when there is none, or
    /// when it keeps its backing image.
    /// </summary>
    public Image? Overlay { get; init; }
}

/// <summary>
/// Copies what an image and the layers below it hold into a base further down. Started by
/// <see cref="Image.StartCommit"/>.
/// </summary>
public sealed class CommitJob : CopyJob
{
    private readonly Image _base;
    private readonly Image? _overlay;

    internal CommitJob(Image image, Image baseLayer, CommitOptions options)
        : base(
            image,
            new CommitPolicy(image, baseLayer),
            options.Tune(image),
            options)
    {
        _base = baseLayer;
        _overlay = options.Overlay;
        if (_overlay is not null && _overlay.Backing != image)
        {
            throw new ImageException($"{_overlay.Storage.Name}: '{image.Storage.Name}' is not its backing image");
        }

        RequireBounceFor(Math.Max(image.ClusterBytes, baseLayer.ClusterBytes));
        if (baseLayer.IsReadOnly)
        {
            throw new IOException($"{baseLayer.Storage.Name}: is open read-only, so nothing can be committed to it");
        }
    }

    /// <summary>The layer of an image's chain that a commit goes to.</summary>
    internal static Image FindBase(Image image, CommitOptions options)
    {
        Image? baseLayer = options.Base ?? image.Backing;
        if (baseLayer is null)
        {
            throw new ImageException($"{image.Storage.Name}: Image does not have a backing file");
        }

        return baseLayer != image && image.Layers.Contains(baseLayer)
            ? baseLayer
            : throw new ImageException($"{image.Storage.Name}: '{baseLayer.Storage.Name}' is not in its backing chain");
    }

    /// <inheritdoc/>
    private protected override async ValueTask PrepareAsync(CancellationToken cancellation)
    {
        if (_base.Length < Image.Length)
        {
            await _base.ResizeAsync(Image.Length, Preallocation.Off, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    private protected override async ValueTask FinishAsync(CancellationToken cancellation)
    {
        await _base.FlushAsync(cancellation).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
        if (_overlay is null)
        {
            return;
        }

        // Past this point the job can only succeed or fail: a link that is half written cannot be cancelled.
        cancellation.ThrowIfCancellationRequested();
        await _overlay.RewriteBackingLinkAsync(BackingLinks.ToBase(_overlay, _base), CancellationToken.None)
            .ConfigureAwait(false);
        await _overlay.DropLayersAboveAsync(_base).ConfigureAwait(false);
    }
}
