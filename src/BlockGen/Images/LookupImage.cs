namespace BlockGen;

/// <summary>A read-only image whose extents a method of the driver finds.</summary>
public abstract partial class LookupImage : Image
{
    private readonly TableCache _tables;
    private ulong _length;
    private ulong _clusterBytes;
    private BackingLink? _backingLink; // set while opening

    /// <summary>An image over a storage.</summary>
    protected LookupImage(IStorage storage, OpenOptions options)
        : base(storage, options with { ReadOnly = true })
    {
        _tables = new TableCache(storage, options.TableCacheBytes);
    }

    /// <inheritdoc/>
    public sealed override BackingLink? BackingLink => _backingLink;

    /// <summary>Where the backing file's name is; empty without one.</summary>
    protected virtual HostRange BackingNameRange => default;

    /// <summary>The backing file's format, where the image tells.</summary>
    protected virtual string? BackingFormatName => null;

    /// <summary>Ends the opening: the backing link is read.</summary>
    protected async ValueTask FinishOpeningAsync(CancellationToken cancellation) => _backingLink = await BackingNames
        .ReadAsync(Storage, BackingNameRange, new HostRange(0, Storage.Length), BackingFormatName, cancellation)
        .ConfigureAwait(false);

    /// <inheritdoc/>
    public sealed override ulong Length => _length;

    /// <inheritdoc/>
    public sealed override ulong ClusterBytes => _clusterBytes;

    /// <summary>Finds the first extent of a range that is not empty and lies in the guest's disk.</summary>
    protected abstract ValueTask<Extent> LookUpExtentAsync(GuestRange range, CancellationToken cancellation);

    /// <summary>Sets the sizes.</summary>
    protected void SetSizes(ulong length, ulong clusterBytes)
    {
        _length = length;
        _clusterBytes = clusterBytes;
    }

    /// <inheritdoc/>
    public sealed override async ValueTask<Extent> MapAsync(GuestRange range, CancellationToken cancellation)
    {
        if (CheckRange(range).Length == 0)
        {
            return Extent.Unallocated(range);
        }

        Extent extent = await LookUpCheckedAsync(range, cancellation).ConfigureAwait(false);
        bool isInside = extent.Range.Start == range.Start && extent.Length > 0 && extent.Length <= range.Length;
        bool isStored = extent.Kind switch
        {
            MappingKind.Data => IsInFile(new HostRange(extent.Host, extent.Length)),
            MappingKind.Compressed => extent.Unit is { } unit
                && IsInFile(unit.Stored)
                && unit.Range.Length <= int.MaxValue
                && unit.Range.Start.Value <= range.Start.Value
                && extent.Range.End <= unit.Range.End,
            _ => true,
        };
        if (!isInside || !isStored)
        {
            throw new ImageException(
                $"{Storage.Name}: the lookup of {range} gave {extent.Kind} {extent.Range} at {extent.Host}, outside the range or the file");
        }

        return extent;
    }

    /// <inheritdoc/>
    public sealed override ValueTask ReadAsync(
        GuestOffset offset, GuestReadBuffer target, CancellationToken cancellation) =>
        ReadSplitAsync(CheckRange(offset, target.Length), target, cancellation);

    /// <inheritdoc/>
    public sealed override ValueTask WriteAsync(
        GuestOffset offset, GuestWriteBuffer source, CancellationToken cancellation) => throw ReadOnly();

    /// <inheritdoc/>
    public sealed override ValueTask WriteZeroesAsync(
        GuestRange range, ZeroMode mode, CancellationToken cancellation) => throw ReadOnly();

    /// <inheritdoc/>
    public sealed override ValueTask DiscardAsync(GuestRange range, CancellationToken cancellation) => throw ReadOnly();

    /// <inheritdoc/>
    public sealed override ValueTask FlushAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public sealed override async ValueTask<Allocation> IsAllocatedAsync(
        GuestRange range, CancellationToken cancellation)
    {
        Extent extent = await MapAsync(range, cancellation).ConfigureAwait(false);
        return new Allocation(extent.IsAllocated, extent.Length);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">There are no declared tables.</exception>
    public sealed override ValueTask<CheckReport> CheckAsync(CancellationToken cancellation) =>
        throw new NotSupportedException("This image format does not support checks");

    /// <summary>The driver computes with numbers from the file: what overflows is the file's fault.</summary>
    private async ValueTask<Extent> LookUpCheckedAsync(GuestRange range, CancellationToken cancellation)
    {
        try
        {
            return await LookUpExtentAsync(range, cancellation).ConfigureAwait(false);
        }
        catch (OverflowException overflow)
        {
            throw new ImageException(
                $"{Storage.Name}: the lookup of {range} goes past the largest offset: a number in a table is too large",
                overflow);
        }
    }

    private bool IsInFile(HostRange range) =>
        range.Start.Value <= Storage.Length && range.Length <= Storage.Length - range.Start.Value;

    private IOException ReadOnly() => new($"{Storage.Name}: format '{Driver.Name}' is read-only");
}
