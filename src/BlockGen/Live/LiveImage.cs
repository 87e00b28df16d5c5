namespace BlockGen;

/// <summary>
/// What guests use of an image: forwards their requests to it, lets it be exchanged for another one under their load, and
/// lets a copy follow their writes.
/// </summary>
/// <remarks>Thread-safe. It is one of the owners of the image behind it.</remarks>
public sealed partial class LiveImage : Image
{
    private readonly SharedGate _gate = new(); // requests share it; an exchange has it alone
    private Image _current; // changed by whoever has the gate alone
    private IGuestWriteObserver? _observer; // set by whoever has the gate alone; Volatile

    /// <summary>In front of an image, which gets one more owner.</summary>
    public LiveImage(Image image)
        : base(
            new NullStorage(0, Require(image).Storage.Name, isHole: true),
            new OpenOptions { ReadOnly = image.IsReadOnly })
    {
        image.AddOwner();
        _current = image;
    }

    /// <summary>The image behind it.</summary>
    public Image Current => Volatile.Read(ref _current);

    /// <inheritdoc/>
    public override ImageFormat Driver => Current.Driver;

    /// <inheritdoc/>
    public override ulong Length => Current.Length;

    /// <inheritdoc/>
    public override ulong ClusterBytes => Current.ClusterBytes;

    /// <inheritdoc/>
    public override bool IsDirty => Current.IsDirty;

    /// <inheritdoc/>
    public override async ValueTask ReadAsync(
        GuestOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        await _current.ReadAsync(offset, target, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        GuestOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        IGuestWriteObserver? observer = await BeginChangeAsync(CheckRange(offset, source.Length), cancellation)
            .ConfigureAwait(false);
        try
        {
            await _current.WriteAsync(offset, source, cancellation).ConfigureAwait(false);
        }
        finally
        {
            observer?.AfterChange(new GuestRange(offset, (ulong)source.Length));
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteZeroesAsync(GuestRange range, ZeroMode mode, CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        IGuestWriteObserver? observer = await BeginChangeAsync(CheckRange(range), cancellation).ConfigureAwait(false);
        try
        {
            await _current.WriteZeroesAsync(range, mode, cancellation).ConfigureAwait(false);
        }
        finally
        {
            observer?.AfterChange(range);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DiscardAsync(GuestRange range, CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        IGuestWriteObserver? observer = await BeginChangeAsync(CheckRange(range), cancellation).ConfigureAwait(false);
        try
        {
            await _current.DiscardAsync(range, cancellation).ConfigureAwait(false);
        }
        finally
        {
            observer?.AfterChange(range);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask FlushAsync(CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        await _current.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<Extent> MapAsync(GuestRange range, CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        return await _current.MapAsync(range, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<ChainExtent> MapAboveAsync(
        GuestRange range, Image? baseLayer, CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        return await _current.MapAboveAsync(range, baseLayer, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<Allocation> IsAllocatedAsync(GuestRange range, CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        return await _current.IsAllocatedAsync(range, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<CheckReport> CheckAsync(CancellationToken cancellation)
    {
        using SharedGate.Pass pass = await _gate.EnterAsync(isExclusive: false, cancellation).ConfigureAwait(false);
        return await _current.CheckAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ImageDescription Describe() => Current.Describe();

    /// <inheritdoc/>
    private protected override ValueTask CloseAsync() => _current.DisposeAsync();

    private async ValueTask<IGuestWriteObserver?> BeginChangeAsync(GuestRange range, CancellationToken cancellation)
    {
        IGuestWriteObserver? observer = Volatile.Read(ref _observer);
        if (observer is not null)
        {
            await observer.BeforeChangeAsync(range, cancellation).ConfigureAwait(false);
        }

        return observer;
    }

    private static Image Require(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image;
    }
}
