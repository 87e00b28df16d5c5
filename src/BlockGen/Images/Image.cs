namespace BlockGen;

/// <summary>
/// A disk as a guest sees it: a format over a storage, with the images behind it. What drivers derive from and
/// applications use.
/// </summary>
/// <remarks>
/// Thread-safe: requests may run in parallel and overlap; overlapping guest writes end in one of their orders, byte by
/// byte. A guest's read sees every write that completed before it began. Offsets and lengths need no alignment. Requests
/// past <see cref="Length"/> throw <see cref="ArgumentOutOfRangeException"/>, storage errors are
/// <see cref="IOException"/>, broken metadata is <see cref="CorruptImageException"/>.
/// </remarks>
public abstract partial class Image : IAsyncDisposable
{
    private int _ownerCount = 1; // Interlocked

    private protected Image(IStorage storage, OpenOptions options)
    {
        Storage = storage;
        DataStorage = storage;
        Options = options;
        IsReadOnly = options.ReadOnly || storage.IsReadOnly;
        Bounce = new BouncePool(options.BounceBytes);
        CopyOnRead = options.CopyOnRead;
    }

    /// <summary>The driver.</summary>
    public abstract ImageFormat Driver { get; }

    /// <summary>The bytes underneath. The image owns it.</summary>
    public IStorage Storage { get; }

    /// <summary>
    /// Where the guest's bytes are, at the host offsets that its extents tell: <see cref="Storage"/>, unless the driver
    /// sets another one while it opens, such as one that decrypts. Closing that one is the driver's business.
    /// </summary>
    public IStorage DataStorage { get; protected set; }

    /// <summary>Whether the guest's bytes are stored encrypted.</summary>
    public virtual bool IsEncrypted => false;

    /// <summary>Whether every change is refused.</summary>
    public bool IsReadOnly { get; private protected init; }

    /// <summary>Bytes of the guest's disk.</summary>
    public abstract ulong Length { get; }

    /// <summary>Bytes in one cluster; 0 for formats without clusters.</summary>
    public abstract ulong ClusterBytes { get; }

    /// <summary>The backing file that the image names; null when it names none, or cannot.</summary>
    public virtual BackingLink? BackingLink => null;

    /// <summary>Whether the image was not closed cleanly by its last writer.</summary>
    public virtual bool IsDirty => false;

    /// <summary>What only images of its format have; empty where there is nothing to say.</summary>
    public virtual IReadOnlyList<FormatDetail> Details => [];

    /// <summary>The snapshots inside it; null where the format has no such thing.</summary>
    public virtual IImageSnapshots? Snapshots => null;

    /// <summary>The bitmaps inside it; null where the format has no such thing.</summary>
    public virtual IImageBitmaps? Bitmaps => null;

    /// <summary>Keeps what guest reads fetch from the backing image. May be changed at any time.</summary>
    public bool CopyOnRead { get; set; }

    /// <summary>Guest writes in flight and claims.</summary>
    public RangeTracker Tracker { get; } = new();

    /// <summary>Memory for fills and copies of this image.</summary>
    public BouncePool Bounce { get; }

    /// <summary>How it was opened.</summary>
    protected OpenOptions Options { get; }

    /// <summary>Whether a disk that was just made shows zeroes, where nothing is behind it.</summary>
    public virtual bool IsZeroWhenNew => true;

    /// <summary>Fills the buffer from the guest's disk: this layer, the layers behind it, or zeroes.</summary>
    public abstract ValueTask ReadAsync(GuestOffset offset, GuestReadBuffer target, CancellationToken cancellation);

    /// <summary>Stores the buffer; durable after <see cref="FlushAsync"/>.</summary>
    public abstract ValueTask WriteAsync(GuestOffset offset, GuestWriteBuffer source, CancellationToken cancellation);

    /// <summary>
    /// Stores one cluster compressed, or as it is when that does not make it smaller; durable after
    /// <see cref="FlushAsync"/>.
    /// </summary>
    /// <param name="offset">The first byte of a cluster.</param>
    /// <param name="cluster">All of it, or what the disk has of its last one. Nobody may change it meanwhile.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    /// <exception cref="NotSupportedException">The format has no compressed clusters, or this is no cluster.</exception>
    public virtual ValueTask WriteCompressedAsync(
        GuestOffset offset, ReadOnlyMemory<byte> cluster, CancellationToken cancellation) =>
        throw new NotSupportedException("Compression not supported for this file format");

    /// <summary>Makes the range read as zeroes.</summary>
    public abstract ValueTask WriteZeroesAsync(GuestRange range, ZeroMode mode, CancellationToken cancellation);

    /// <summary>Tells that the range's content is not needed. It reads as zeroes or as before, never as the backing's data.</summary>
    public abstract ValueTask DiscardAsync(GuestRange range, CancellationToken cancellation);

    /// <summary>Returns when every write, zeroing and discard that completed before the call is durable.</summary>
    public abstract ValueTask FlushAsync(CancellationToken cancellation);

    /// <summary>
    /// The first extent of the range in this layer alone, as long as its mapping goes on; empty only where the range is.
    /// </summary>
    public abstract ValueTask<Extent> MapAsync(GuestRange range, CancellationToken cancellation);

    /// <summary>Whether this layer answers reads at the range's start, and for how many bytes that stays so.</summary>
    public abstract ValueTask<Allocation> IsAllocatedAsync(GuestRange range, CancellationToken cancellation);

    /// <summary>Reads every table and looks for errors and leaks; changes nothing.</summary>
    public abstract ValueTask<CheckReport> CheckAsync(CancellationToken cancellation);

    /// <summary>Every declared field with its value.</summary>
    public abstract ImageDescription Describe();

    /// <summary>
    /// One more owner: the image closes when every owner has disposed it. Called by an owner, so that it is open.
    /// </summary>
    public void AddOwner() => Interlocked.Increment(ref _ownerCount);

    /// <summary>
    /// Flushes and closes the image, its storage and its backing images, once its last owner disposes it. Errors of the
    /// last flush are thrown, after everything is closed. A second call of the only owner does nothing.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Decrement(ref _ownerCount) != 0)
        {
            return;
        }

        try
        {
            await DrainCopyOnReadAsync().ConfigureAwait(false);
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            await Storage.DisposeAsync().ConfigureAwait(false);
            await CloseBackingAsync().ConfigureAwait(false);
            Bounce.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Writes what is still in memory; called once, before the storage is closed.</summary>
    private protected virtual async ValueTask CloseAsync()
    {
        if (!IsReadOnly)
        {
            await FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The range, checked to lie in the guest's disk.</summary>
    protected GuestRange CheckRange(GuestOffset offset, int length)
    {
        GuestRange range = new(offset, (ulong)length);
        if (range.Length > Length || offset.Value > Length - range.Length)
        {
            ThrowOutOfRange(range);
        }

        return range;
    }

    /// <summary>The range, checked to lie in the guest's disk.</summary>
    protected GuestRange CheckRange(GuestRange range)
    {
        if (range.Length > Length || range.Start.Value > Length - range.Length)
        {
            ThrowOutOfRange(range);
        }

        return range;
    }

    /// <summary>Throws when the image is read-only.</summary>
    protected void CheckWritable()
    {
        if (IsReadOnly)
        {
            throw new IOException($"{Storage.Name}: the image is open read-only");
        }
    }

    private void ThrowOutOfRange(GuestRange range) => throw new ArgumentOutOfRangeException(
        nameof(range), $"{Storage.Name}: guest range {range} is not inside the disk of {Length} bytes");
}

/// <summary>Whether a layer answers reads of a range.</summary>
/// <param name="IsAllocated">True when it does, false when its backing image is asked.</param>
/// <param name="Length">Bytes for which this holds; never zero for a range that is not empty.</param>
public readonly record struct Allocation(bool IsAllocated, ulong Length);
