using System.Numerics;

namespace BlockGen;

/// <summary>How an image is given another backing image.</summary>
public sealed record RebaseOptions : ChainCopyOptions
{
    /// <summary>
    /// The backing image to be, with its chain: a layer of the image's own chain, or one that is open on its own and
    /// belongs to the image once the job has succeeded. Null for none.
    /// </summary>
    public Image? Backing { get; init; }

    /// <summary>What the image calls it; null together with <see cref="Backing"/>.</summary>
    public BackingLink? Link { get; init; }
}

/// <summary>
/// Puts an image on another backing image without a change to what it reads. Started by
/// <see cref="Image.StartRebase"/>.
/// </summary>
public sealed class RebaseJob : CopyJob
{
    private readonly RebaseOptions _options;
    private readonly BouncePool _compared;

    private RebaseJob(Image image, RebaseOptions options, CopyTuning tuning, BouncePool compared)
        : base(
            image,
            new RebasePolicy(image, options.Backing, compared),
            tuning,
            options)
    {
        (_options, _compared) = (options, compared);
    }

    internal static RebaseJob Create(Image image, RebaseOptions options)
    {
        if (!image.Driver.HasBacking)
        {
            throw new NotSupportedException($"{image.Storage.Name}: format '{image.Driver.Name}' has no backing files");
        }

        if (image.Backing is null && image.BackingLink is { } link)
        {
            throw new ImageException($"{image.Storage.Name}: its backing file '{link.Name}' is not open");
        }

        if (options.Backing == image || (options.Backing is null) != (options.Link is null))
        {
            throw new ArgumentException("a backing image needs a name, and no image can be its own", nameof(options));
        }

        CopyTuning tuning = options.Tune(image);

        // Buffers are rented in powers of two.
        ulong largest = Math.Max(Math.Max(tuning.MaxChunkBytes, image.ClusterBytes), 4096);
        ulong chunk = BitOperations.RoundUpToPowerOf2(largest);
        RebaseJob job = new(image, options, tuning, new BouncePool(chunk * (ulong)tuning.MaxCopies));
        job.RequireBounceFor(image.ClusterBytes);
        return job;
    }

    /// <inheritdoc/>
    private protected override async ValueTask FinishAsync(CancellationToken cancellation)
    {
        await Image.FlushAsync(cancellation).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();

        // Past this point the copy can only succeed or fail: a link that is half written cannot be cancelled.
        if (_options.Link is not null || Image.BackingLink is not null)
        {
            await Image.RewriteBackingLinkAsync(_options.Link, CancellationToken.None).ConfigureAwait(false);
        }

        if (_options.Backing is null || Image.Layers.Contains(_options.Backing))
        {
            await Image.DropLayersAboveAsync(_options.Backing).ConfigureAwait(false);
        }
        else
        {
            await Image.ReplaceBackingAsync(_options.Backing).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    private protected override void LetGo() => _compared.Dispose();
}
