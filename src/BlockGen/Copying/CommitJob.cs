namespace BlockGen;

/// <summary>How an image is committed.</summary>
public sealed record CommitOptions : ChainCopyOptions
{
    /// <summary>
    /// The layer of the chain that receives the data, opened for writing; null for the image's backing image.
    /// </summary>
    public Image? Base { get; init; }
}

/// <summary>
/// Copies what an image and the layers below it hold into a base further down. Started by
/// <see cref="Image.StartCommit"/>.
/// </summary>
public sealed class CommitJob : CopyJob
{
    private readonly Image _base;

    internal CommitJob(Image image, Image baseLayer, CommitOptions options)
        : base(
            image,
            new CommitPolicy(image, baseLayer),
            options.Tune(image),
            options.SpeedBytesPerSecond,
            options.Time)
    {
        _base = baseLayer;
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
    private protected override async ValueTask FinishAsync(CancellationToken cancellation) =>
        await _base.FlushAsync(cancellation).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
}
