namespace BlockGen;

public abstract partial class MappedImage
{
    private const ulong MaxAllocationBytes = 16 << 20;

    /// <summary>Stores into clusters that are mapped already. Takes over the ticket.</summary>
    protected ValueTask WriteMappedAsync(
        RangeTicket ticket, HostOffset host, GuestWriteBuffer source, CancellationToken cancellation)
    {
        ValueTask write;
        try
        {
            write = DataStorage.WriteAsync(host, source, cancellation);
        }
        catch
        {
            ticket.Dispose();
            throw;
        }

        if (write.IsCompletedSuccessfully)
        {
            ticket.Dispose();
            return write;
        }

        return LeaveAfterAsync(write, ticket);
    }

    /// <summary>Stores a range that needs new clusters, or that others are at work in.</summary>
    protected async ValueTask WriteSplitAsync(GuestRange range, GuestWriteBuffer source, CancellationToken cancellation)
    {
        CheckWritable();
        if (range.Length == 0)
        {
            return;
        }

        using RangeTicket ticket = await ClaimAsync(range, cancellation).ConfigureAwait(false);
        if (Counts is not null)
        {
            // A cluster that the end of the file cuts off can be written once the tail is found.
            await EnsureTailAsync(cancellation).ConfigureAwait(false);
        }

        for (ulong done = 0; done < range.Length;)
        {
            GuestRange rest = new(range.Start.Value + done, range.Length - done);
            Extent extent = await MapForChangeAsync(rest, cancellation).ConfigureAwait(false);
            GuestWriteBuffer part = source.Slice((int)done, (int)extent.Length);
            if (extent.TakesWrites)
            {
                await DataStorage.WriteAsync(extent.Host, part, cancellation).ConfigureAwait(false);
            }
            else
            {
                await AllocateAsync(extent, part, cancellation).ConfigureAwait(false);
            }

            done += extent.Length;
        }

        await WriteBackIfNeededAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Claims the whole clusters around a range.</summary>
    private protected ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation) =>
        Tracker.EnterAsync(range.AlignOutward(ClusterBytes), RangeAccess.Claim, cancellation);

    /// <summary>The first extent of a claimed range, not longer than one allocation may be.</summary>
    private async ValueTask<Extent> MapForChangeAsync(GuestRange range, CancellationToken cancellation)
    {
        ulong most = Math.Max(MaxAllocationBytes, ClusterBytes) - range.Start.Value % ClusterBytes;
        Extent extent = await MapRunAsync(range.Take(most), cancellation).ConfigureAwait(false);
        if (extent is { Kind: MappingKind.Compressed, Unit: null })
        {
            throw new NotSupportedException($"{Storage.Name}: compressed clusters cannot be changed");
        }

        if (extent.TakesWrites)
        {
            return extent;
        }

        await EnsureTailAsync(cancellation).ConfigureAwait(false);
        ulong before = extent.Range.Start.Value % ClusterBytes;
        ulong space = Tail.Suggest(extent.Range.AlignOutward(ClusterBytes).Length, ClusterBytes);
        return extent with { Range = extent.Range.Take(space - before) };
    }

    private async ValueTask AllocateAsync(Extent extent, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using BackingLease backing = RentBacking();
        Image? below = extent.Kind switch
        {
            MappingKind.Unallocated => backing.Image,
            MappingKind.Compressed or MappingKind.Data => this,
            _ => null,
        };
        GuestRange clusters = extent.Range.AlignOutward(ClusterBytes);
        HostOffset host = TakeSpace(clusters.Length);
        try
        {
            await FillAsync(extent.Range, clusters, host, source, below, cancellation).ConfigureAwait(false);
            await GrowToAsync(host, clusters.Length, cancellation).ConfigureAwait(false);
        }
        catch
        {
            // Nothing points here yet, so the space can serve the next request.
            GiveBackSpace(host, clusters.Length);
            throw;
        }

        await PublishAsync(clusters, MappingKind.Data, host, cancellation).ConfigureAwait(false);
        AddMappedClusters(clusters.Length >> Geometry.ClusterShift);
    }

    /// <summary>Fills new clusters: the guest's data where it wrote, what showed there before in the rest.</summary>
    private async ValueTask FillAsync(
        GuestRange written, GuestRange clusters, HostOffset host, GuestWriteBuffer source, Image? below,
        CancellationToken cancellation)
    {
        ulong headBytes = written.Start.Value - clusters.Start.Value;
        ulong end = Math.Min(clusters.End, End);
        ulong tailBytes = end - written.End;
        bool isFresh = Tail.IsFresh(host) && !IsEncrypted;
        if (clusters.End > end && !isFresh)
        {
            HostRange unused = new(host + (end - clusters.Start.Value), clusters.End - end);
            await DataStorage.WriteZeroesAsync(unused, ZeroMode.KeepAllocated, cancellation).ConfigureAwait(false);
        }

        if ((below is null && isFresh) || (headBytes == 0 && tailBytes == 0))
        {
            await DataStorage.WriteAsync(host + headBytes, source, cancellation).ConfigureAwait(false);
            return;
        }

        // The first and the last cluster are put together in bounce buffers; whole clusters between go straight down.
        int headLength = headBytes == 0 ? 0 : (int)Math.Min(written.Length, ClusterBytes - headBytes);
        int middleLength = (int)((written.Length - (ulong)headLength) / ClusterBytes * ClusterBytes);
        int tailLength = (int)written.Length - headLength - middleLength;
        if (headLength > 0)
        {
            await FillClusterAsync(clusters.Start.Value, host, headBytes, source.Slice(0, headLength), below, cancellation)
                .ConfigureAwait(false);
        }

        ulong after = headLength > 0 ? ClusterBytes : 0;
        if (middleLength > 0)
        {
            await DataStorage.WriteAsync(host + after, source.Slice(headLength, middleLength), cancellation).ConfigureAwait(false);
        }

        if (tailLength > 0)
        {
            after += (ulong)middleLength;
            await FillClusterAsync(
                clusters.Start.Value + after, host + after, 0, source.Slice(headLength + middleLength), below, cancellation)
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Makes the storage reach to the end of space that was taken. Only its owner does, by a byte of its own: setting the
    /// length could cut off what others store behind it at the same moment.
    /// </summary>
    protected ValueTask GrowToAsync(HostOffset host, ulong bytes, CancellationToken cancellation)
    {
        ulong end = host.Value + bytes;
        return Storage.Length >= end
            ? ValueTask.CompletedTask
            : Storage.WriteAsync(new HostOffset(end - 1), s_zeroes.AsMemory(0, 1), cancellation);
    }

    private async ValueTask FillClusterAsync(
        ulong guest, HostOffset host, ulong at, GuestWriteBuffer source, Image? below, CancellationToken cancellation)
    {
        int length = (int)ClusterBytes;
        if ((ulong)length > Bounce.CapacityBytes)
        {
            throw new ImageException($"{Storage.Name}: clusters of {length} bytes need a bounce pool of at least that size");
        }

        using BounceBuffer cluster = await Bounce.RentAsync(length, cancellation).ConfigureAwait(false);
        GuestRange shown = new(guest, ClusterBytes);
        await ReadPaddedAsync(below, shown, cluster.Memory, cancellation).ConfigureAwait(false);
        source.CopyTo(cluster, (int)at);
        await DataStorage.WriteAsync(host, cluster.Memory, cancellation).ConfigureAwait(false);
    }

    private static async ValueTask LeaveAfterAsync(ValueTask write, RangeTicket ticket)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
        finally
        {
            ticket.Dispose();
        }
    }
}
