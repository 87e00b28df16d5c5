namespace BlockGen;

public abstract partial class Image
{
    private readonly object _backingLock = new();
    private BackingImage? _backing; // guarded by _backingLock

    /// <summary>The image whose data shows through where this one has none; null when there is none.</summary>
    public Image? Backing
    {
        get
        {
            lock (_backingLock)
            {
                return _backing?.Image;
            }
        }
    }

    /// <summary>The chain from this layer down to its last backing image.</summary>
    public IEnumerable<Image> Layers
    {
        get
        {
            for (Image? layer = this; layer is not null; layer = layer.Backing)
            {
                yield return layer;
            }
        }
    }

    /// <summary>
    /// The first extent of the range in the whole chain: which layer answers reads, and how it stores them. Where no
    /// layer does, the extent is unallocated and the layer is this one.
    /// </summary>
    public ValueTask<ChainExtent> MapChainAsync(GuestRange range, CancellationToken cancellation) =>
        MapAboveAsync(range, baseLayer: null, cancellation);

    /// <summary>
    /// As <see cref="MapChainAsync"/>, but looks only at the layers above <paramref name="baseLayer"/>.
    /// </summary>
    public virtual async ValueTask<ChainExtent> MapAboveAsync(
        GuestRange range, Image? baseLayer, CancellationToken cancellation)
    {
        range = CheckRange(range);
        int depth = 0;
        for (Image? layer = this; layer is not null && layer != baseLayer; layer = layer.Backing, depth++)
        {
            // A layer shorter than the one above it reads as zeroes past its end: nothing further down shows there.
            if (range.Start.Value >= layer.Length)
            {
                break;
            }

            range = range.Take(layer.Length - range.Start.Value);
            Extent extent = await layer.MapAsync(range, cancellation).ConfigureAwait(false);
            range = extent.Range;
            if (extent.IsAllocated)
            {
                return new ChainExtent(extent, layer, depth);
            }
        }

        return new ChainExtent(Extent.Unallocated(range), this, 0);
    }

    /// <summary>Writes another backing link into the image, or none, and makes it durable. Changes no data.</summary>
    /// <exception cref="NotSupportedException">The format has no backing link.</exception>
    public virtual ValueTask RewriteBackingLinkAsync(BackingLink? link, CancellationToken cancellation) =>
        throw BackingRefusal;

    /// <summary>The error of a format without backing images.</summary>
    private protected NotSupportedException BackingRefusal =>
        new($"{Storage.Name}: format '{Driver.Name}' has no backing files");

    /// <summary>Attaches the backing image. The image owns it.</summary>
    public void AttachBacking(Image? backing)
    {
        lock (_backingLock)
        {
            _backing = backing is null ? null : new BackingImage(backing);
        }
    }

    /// <summary>
    /// Replaces the backing image by one further down its chain, or by none, once this image no longer needs the layers
    /// between. They are closed when the last read that uses them is done.
    /// </summary>
    internal async ValueTask DropLayersAboveAsync(Image? baseLayer)
    {
        BackingImage? dropped;
        lock (_backingLock)
        {
            dropped = _backing;
            if (dropped is null || dropped.Image == baseLayer)
            {
                return;
            }

            // The base lives on behind this image when the layers above it are closed.
            baseLayer?.AddOwner();
            _backing = baseLayer is null ? null : new BackingImage(baseLayer);
        }

        await dropped.WaitUntilUnusedAsync().ConfigureAwait(false);
        await dropped.Image.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Replaces the backing image by another one; the old one closes when the last read that uses it is done.
    /// </summary>
    internal async ValueTask ReplaceBackingAsync(Image backing)
    {
        BackingImage? replaced;
        lock (_backingLock)
        {
            replaced = _backing;
            _backing = new BackingImage(backing);
        }

        if (replaced is not null)
        {
            await replaced.WaitUntilUnusedAsync().ConfigureAwait(false);
            await replaced.Image.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Holds on to the backing image, so that it stays open while a read uses it.</summary>
    internal BackingLease RentBacking()
    {
        lock (_backingLock)
        {
            _backing?.AddUser();
            return new BackingLease(_backing);
        }
    }

    private async ValueTask CloseBackingAsync()
    {
        BackingImage? backing;
        lock (_backingLock)
        {
            backing = _backing;
            _backing = null;
        }

        if (backing is not null)
        {
            await backing.Image.DisposeAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>An extent and the layer that answers for it.</summary>
/// <param name="Extent">The range and how the layer stores it.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Depth">Layers above it; 0 for the top.</param>
public readonly record struct ChainExtent(Extent Extent, Image Layer, int Depth);
