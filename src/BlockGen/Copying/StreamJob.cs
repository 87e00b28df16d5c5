namespace BlockGen;

/// <summary>How an image is streamed.</summary>
public sealed record StreamOptions : ChainCopyOptions
{
    /// <summary>
    /// The layer of the chain that stays behind the image; null to become independent of every backing image.
    /// </summary>
    public Image? Base { get; init; }
}

/// <summary>
/// Fills an image from its backing images, and frees it from them. Started by <see cref="Image.StartStream"/>.
/// </summary>
public sealed class StreamJob : CopyJob
{
    private readonly Image? _base;

    internal StreamJob(Image image, StreamOptions options)
        : base(
            image,
            new StreamPolicy(image, options.Base),
            options.Tune(image),
            options)
    {
        _base = options.Base;
        if (image.Backing is null && image.BackingLink is { } link)
        {
            throw new ImageException(
                $"{image.Storage.Name}: its backing file '{link.Name}' is not open: there is nothing to stream from");
        }

        if (_base is not null && (_base == image || !image.Layers.Contains(_base)))
        {
            throw new ImageException($"{image.Storage.Name}: '{_base.Storage.Name}' is not in its backing chain");
        }

        RequireBounceFor(image.ClusterBytes);
    }

    /// <inheritdoc/>
    private protected override async ValueTask FinishAsync(CancellationToken cancellation)
    {
        await Image.FlushAsync(cancellation).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (Image.Backing == _base)
        {
            return;
        }

        // Past this point the copy can only succeed or fail: a link that is half written cannot be cancelled.
        if (Image.BackingLink is not null)
        {
            await Image.RewriteBackingLinkAsync(BackingLinks.ToBase(Image, _base), CancellationToken.None)
                .ConfigureAwait(false);
        }

        await LetGoOfLayersAsync(cancellation).ConfigureAwait(false);
    }

    private async ValueTask LetGoOfLayersAsync(CancellationToken cancellation)
    {
        try
        {
            // A guest read that hangs in a dropped layer keeps it open; that does not hold up a cancellation.
            await Image.DropLayersAboveAsync(_base).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The layers close when their last read is done.
        }
    }
}
