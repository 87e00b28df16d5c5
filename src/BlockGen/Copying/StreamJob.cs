namespace BlockGen;

/// <summary>How an image is streamed.</summary>
public sealed record StreamOptions
{
    /// <summary>
    /// The layer of the chain that stays behind the image; null to become independent of every backing image.
    /// </summary>
    public Image? Base { get; init; }

    /// <summary>Bytes copied in a second at most; 0 for as many as there are.</summary>
    public ulong SpeedBytesPerSecond { get; init; }

    /// <summary>What a storage error leads to.</summary>
    public ErrorPolicy OnError { get; init; }

    /// <summary>Copies in flight at most.</summary>
    public int MaxCopies { get; init; } = 16;

    /// <summary>
    /// Bytes of one copy at most, unless one cluster is more. The bounce memory of the image is a limit too.
    /// </summary>
    public ulong MaxChunkBytes { get; init; } = 4 << 20;

    /// <summary>The clock of speed limit and adaptive size.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>
/// Fills an image from its backing images, and frees it from them. Started by <see cref="Image.StartStream"/>.
/// </summary>
public sealed class StreamJob : CopyJob
{
    private const ulong FirstChunkBytes = 512 << 10;

    private readonly Image? _base;

    internal StreamJob(Image image, StreamOptions options)
        : base(
            image,
            new StreamPolicy(image, options.Base),
            Tune(image, options),
            options.SpeedBytesPerSecond,
            options.Time)
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

        if (image.ClusterBytes > image.Bounce.CapacityBytes)
        {
            throw new ImageException(
                $"{image.Storage.Name}: one cluster has {image.ClusterBytes} bytes, "
                + $"its bounce memory only {image.Bounce.CapacityBytes}");
        }
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

    private static CopyTuning Tune(Image image, StreamOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxCopies);
        ArgumentOutOfRangeException.ThrowIfZero(options.MaxChunkBytes);

        // A quarter of the bounce memory is left to copy-on-read and to guest writes.
        ulong share = image.Bounce.CapacityBytes / 4 * 3 / (ulong)options.MaxCopies;
        ulong largest = Math.Max(Math.Min(share, options.MaxChunkBytes), 1);
        return new CopyTuning(options.MaxCopies, Math.Min(FirstChunkBytes, largest), largest, options.OnError);
    }
}
