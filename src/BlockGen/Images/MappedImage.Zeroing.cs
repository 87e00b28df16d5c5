namespace BlockGen;

public abstract partial class MappedImage
{
    private static readonly byte[] s_zeroes = new byte[1 << 20];

    /// <inheritdoc/>
    public sealed override ValueTask WriteZeroesAsync(
        GuestRange range, ZeroMode mode, CancellationToken cancellation) =>
        ZeroAsync(CheckRange(range), discard: false, mode, cancellation);

    /// <inheritdoc/>
    public sealed override ValueTask DiscardAsync(GuestRange range, CancellationToken cancellation) =>
        ZeroAsync(CheckRange(range), discard: true, ZeroMode.MayUnmap, cancellation);

    private async ValueTask ZeroAsync(GuestRange range, bool discard, ZeroMode mode, CancellationToken cancellation)
    {
        CheckWritable();
        if (range.Length == 0)
        {
            return;
        }

        using RangeTicket ticket = await ClaimAsync(range, cancellation).ConfigureAwait(false);
        await ZeroClaimedAsync(range, discard, mode, cancellation).ConfigureAwait(false);
    }

    private async ValueTask ZeroClaimedAsync(
        GuestRange range, bool discard, ZeroMode mode, CancellationToken cancellation)
    {
        using BackingLease backing = RentBacking();
        ulong backingEnd = new GuestRange(0, backing.Image?.Length ?? 0).AlignOutward(ClusterBytes).End;
        for (ulong done = 0; done < range.Length;)
        {
            GuestRange rest = new(range.Start.Value + done, range.Length - done);
            Extent extent = await MapRunAsync(rest, cancellation).ConfigureAwait(false);
            if (extent.TakesWrites)
            {
                await ZeroDataAsync(extent, discard, mode, cancellation).ConfigureAwait(false);
            }
            else if (extent.Kind is MappingKind.Compressed or MappingKind.Data)
            {
                await HideBackingAsync(extent.Range, discard, cancellation).ConfigureAwait(false);
            }
            else if (extent.Kind is MappingKind.Unallocated && extent.Range.Start.Value < backingEnd)
            {
                // Past the backing image's end there is nothing to hide, and that may be terabytes.
                extent = extent with { Range = extent.Range.Take(backingEnd - extent.Range.Start.Value) };
                await HideBackingAsync(extent.Range, discard, cancellation).ConfigureAwait(false);
            }

            done += extent.Length;
        }

        await WriteBackIfNeededAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Zeroes stored clusters where they are: they stay mapped, so nothing can come to be mapped twice.
    /// </summary>
    private ValueTask ZeroDataAsync(Extent extent, bool discard, ZeroMode mode, CancellationToken cancellation)
    {
        HostRange host = new(extent.Host, extent.Length);
        return discard
            ? DataStorage.DiscardAsync(host, cancellation)
            : DataStorage.WriteZeroesAsync(host, mode, cancellation);
    }

    /// <summary>
    /// Makes guest bytes zero that are not stored as they are, although the backing image has something there.
    /// </summary>
    private async ValueTask HideBackingAsync(GuestRange range, bool discard, CancellationToken cancellation)
    {
        GuestRange whole = WholeClusters(range);
        if (HasZeroClusters && whole.Length > 0)
        {
            await PublishAsync(whole, MappingKind.Zero, HostOffset.None, cancellation).ConfigureAwait(false);
        }
        else
        {
            whole = new GuestRange(range.End, 0);
        }

        // A discard may leave parts of clusters as they are; zeroing may not.
        if (!discard)
        {
            await StoreZeroesAsync(new GuestRange(range.Start, whole.Start.Value - range.Start.Value), cancellation)
                .ConfigureAwait(false);
            await StoreZeroesAsync(new GuestRange(whole.End, range.End - whole.End), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The whole clusters in a range; the last cluster of the disk is whole when the disk ends in it.
    /// </summary>
    private protected GuestRange WholeClusters(GuestRange range)
    {
        ulong start = range.Start.Value + (ClusterBytes - range.Start.Value % ClusterBytes) % ClusterBytes;
        ulong end = range.End == End ? range.End : range.End - range.End % ClusterBytes;
        return start < end ? new GuestRange(start, end - start) : new GuestRange(range.End, 0);
    }

    private async ValueTask StoreZeroesAsync(GuestRange range, CancellationToken cancellation)
    {
        for (ulong done = 0; done < range.Length;)
        {
            ulong at = range.Start.Value + done;
            GuestRange part = new(at, Math.Min(range.Length - done, (ulong)s_zeroes.Length - at % ClusterBytes % (ulong)s_zeroes.Length));
            Extent extent = await MapForChangeAsync(part, cancellation).ConfigureAwait(false);
            Memory<byte> zeroes = s_zeroes.AsMemory(0, (int)extent.Length);
            if (extent.TakesWrites)
            {
                await DataStorage.WriteAsync(extent.Host, zeroes, cancellation).ConfigureAwait(false);
            }
            else
            {
                await AllocateAsync(extent, zeroes, cancellation).ConfigureAwait(false);
            }

            done += extent.Length;
        }
    }
}
