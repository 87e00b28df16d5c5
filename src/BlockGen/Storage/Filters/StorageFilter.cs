namespace BlockGen;

/// <summary>
/// A storage in front of another one: forwards everything, so that a class derived from it changes one thing.
/// </summary>
/// <remarks>Thread-safe as far as the storage behind it is. It owns that storage.</remarks>
public abstract class StorageFilter : IStorage
{
    /// <summary>A filter in front of <paramref name="inner"/>.</summary>
    protected StorageFilter(IStorage inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <summary>The storage behind it.</summary>
    public IStorage Inner { get; }

    /// <inheritdoc/>
    public virtual string Name => Inner.Name;

    /// <inheritdoc/>
    public virtual ulong Length => Inner.Length;

    /// <inheritdoc/>
    public virtual bool IsReadOnly => Inner.IsReadOnly;

    /// <inheritdoc/>
    public virtual uint Alignment => Inner.Alignment;

    /// <inheritdoc/>
    public virtual ValueTask ReadAsync(HostOffset offset, GuestReadBuffer target, CancellationToken cancellation) =>
        Inner.ReadAsync(offset, target, cancellation);

    /// <inheritdoc/>
    public virtual ValueTask WriteAsync(HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation) =>
        Inner.WriteAsync(offset, source, cancellation);

    /// <inheritdoc/>
    public virtual ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation) =>
        Inner.WriteZeroesAsync(range, mode, cancellation);

    /// <inheritdoc/>
    public virtual ValueTask DiscardAsync(HostRange range, CancellationToken cancellation) =>
        Inner.DiscardAsync(range, cancellation);

    /// <inheritdoc/>
    public virtual ValueTask FlushAsync(CancellationToken cancellation) => Inner.FlushAsync(cancellation);

    /// <inheritdoc/>
    public virtual ValueTask SetLengthAsync(ulong length, CancellationToken cancellation) =>
        Inner.SetLengthAsync(length, cancellation);

    /// <inheritdoc/>
    public virtual ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation) =>
        Inner.MapAsync(range, cancellation);

    /// <inheritdoc/>
    public virtual ValueTask<ulong> CopyToAsync(
        HostRange source, IStorage target, HostOffset at, CancellationToken cancellation) =>
        Inner.CopyToAsync(source, target, at, cancellation);

    /// <summary>Disposes the storage behind it.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Inner.DisposeAsync();
    }
}
