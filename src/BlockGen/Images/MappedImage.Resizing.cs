namespace BlockGen;

public abstract partial class MappedImage
{
    private ulong _length; // what guests see; Volatile
    private ulong _end; // what tables and clusters are used for: ahead of _length while the disk grows; Volatile

    /// <summary>Clusters that the tables can map as long as they are.</summary>
    protected virtual UInt128 MappableClusterCount => UInt128.MaxValue;

    /// <summary>
    /// Makes a table as long as the disk needs, with entries for nothing. No table is on its way to the disk meanwhile.
    /// </summary>
    protected virtual ValueTask GrowTablesAsync(ulong clusterCount, CancellationToken cancellation) =>
        ValueTask.CompletedTask;

    private ulong End => Volatile.Read(ref _end);

    private protected void MoveEndTo(ulong end) => Volatile.Write(ref _end, end);

    private protected void SetLength(ulong length) => Volatile.Write(ref _length, length);

    /// <summary>
    /// Makes tables and clusters ready for a longer disk, durably: all that it gains reads as zeroes. The caller holds
    /// a claim from the old end to the new one, and makes it visible.
    /// </summary>
    private protected async ValueTask PrepareGrowthAsync(ulong length, CancellationToken cancellation)
    {
        ulong before = Length;
        CheckCoverage(MappableClusterCount, length);
        await _writeBack.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await GrowTablesAsync(Geometry.ToClusters(length), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writeBack.Release();
        }

        MoveEndTo(length);
        try
        {
            GuestRange gained = new(before, length - before);
            await ZeroClaimedAsync(gained, discard: false, ZeroMode.MayUnmap, cancellation).ConfigureAwait(false);
            await FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            MoveEndTo(before);
            throw;
        }
    }
}

public abstract partial class MappedImage
{
    /// <summary>Unmaps whole clusters that no request reaches any more; their space is free when that is durable.</summary>
    private protected async ValueTask UnmapAsync(GuestRange clusters, CancellationToken cancellation)
    {
        for (ulong done = 0; done < clusters.Length;)
        {
            GuestRange rest = new(clusters.Start.Value + done, clusters.Length - done);
            Extent extent = await MapRunAsync(rest, cancellation).ConfigureAwait(false);
            if (extent.IsAllocated)
            {
                await PublishAsync(extent.Range, MappingKind.Unallocated, HostOffset.None, cancellation)
                    .ConfigureAwait(false);
                await WriteBackIfNeededAsync(cancellation).ConfigureAwait(false);
            }

            done += extent.Length;
        }
    }
}

public abstract partial class MappedImage<THeader>
{
    /// <summary>Whether a disk can grow by reserved space.</summary>
    protected virtual bool CanPreallocate => false;

    /// <summary>The header of a disk of another size.</summary>
    protected virtual THeader HeaderForSize(ulong bytes) => Header;

    /// <inheritdoc/>
    private protected sealed override async ValueTask ResizeToAsync(
        ulong length, Preallocation preallocation, CancellationToken cancellation)
    {
        if (length < Length && Counts is null)
        {
            throw new NotSupportedException("Shrinking images is currently not supported");
        }

        if (preallocation is not Preallocation.Off && !CanPreallocate)
        {
            throw new NotSupportedException(
                $"Unsupported preallocation mode '{preallocation.ToString().ToLowerInvariant()}'");
        }

        if (HeaderForSize(length).Validate() is { } fault)
        {
            throw new ImageException($"{Storage.Name}: the disk cannot have {length} bytes: {fault}");
        }

        if (length < Length)
        {
            await ShrinkToAsync(length, cancellation).ConfigureAwait(false);
            return;
        }

        await PrepareGrowthAsync(length, cancellation).ConfigureAwait(false);
        await ChangeHeaderAsync(() => HeaderForSize(length), cancellation).ConfigureAwait(false);
        await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        ulong before = Length;
        try
        {
            // No request reaches what the disk gains before it is told of it.
            if (preallocation is not Preallocation.Off)
            {
                await PreallocateAsync(before, length, preallocation, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            SetLength(length);
        }
    }

    /// <summary>
    /// Gives up what lies behind the new end once the header does not tell of it any more: a crash leaves space that is
    /// taken, and a disk that grows again reads as zeroes there.
    /// </summary>
    private async ValueTask ShrinkToAsync(ulong length, CancellationToken cancellation)
    {
        ulong before = Length;
        SetLength(length);
        try
        {
            await ChangeHeaderAsync(() => HeaderForSize(length), cancellation).ConfigureAwait(false);
            await Storage.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            SetLength(before);
            throw;
        }

        ulong kept = Geometry.ToClusters(length) << Geometry.ClusterShift;
        if (kept < before)
        {
            await UnmapAsync(new GuestRange(kept, before - kept), cancellation).ConfigureAwait(false);
            await FlushAsync(cancellation).ConfigureAwait(false);
        }

        MoveEndTo(length);
    }
}
