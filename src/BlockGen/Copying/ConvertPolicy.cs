namespace BlockGen;

/// <summary>Copies a whole chain into another image that nobody else uses.</summary>
internal sealed class ConvertPolicy(Image source, Image target, ConvertOptions options) : ICopyPolicy
{
    private const ulong SmallestGranularity = 64 << 10;

    private bool WritesZeroes => !options.TargetIsZero || options.SparseBytes == 0;

    public ulong Length => target.Length;

    // Whole clusters of the target: a cluster written in two parts would have to be read in between.
    public ulong Granularity => Math.Max(target.ClusterBytes, SmallestGranularity);

    public bool TryClaim(GuestRange range, out RangeTicket claim)
    {
        claim = default;
        return true;
    }

    public ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation) =>
        ValueTask.FromResult(default(RangeTicket));

    public async ValueTask<CopyRun> ScanAsync(GuestRange range, CancellationToken cancellation)
    {
        if (range.Start.Value >= source.Length)
        {
            return ReadsAsZero(range);
        }

        range = range.Take(source.Length - range.Start.Value);
        ChainExtent found = await source.MapChainAsync(range, cancellation).ConfigureAwait(false);
        return found.Extent.Kind is MappingKind.Data or MappingKind.Compressed
            ? new CopyRun(found.Extent.Range, CopyAction.Copy)
            : ReadsAsZero(found.Extent.Range);
    }

    public async ValueTask<ulong> CopyAsync(
        GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        ulong offloaded = 0;
        if (options.OffloadCopies)
        {
            (GuestRange left, offloaded) = await OffloadAsync(range, cancellation).ConfigureAwait(false);
            if (left.Length == 0)
            {
                return offloaded;
            }

            range = left;
        }

        bounce = bounce[..(int)range.Length];
        await Image.ReadPaddedAsync(source, range, bounce, cancellation).ConfigureAwait(false);
        return offloaded + await StoreAsync(range.Start, bounce, cancellation).ConfigureAwait(false);
    }

    public ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation) =>
        target.WriteZeroesAsync(range, ModeOfZeroes, cancellation);

    private ZeroMode ModeOfZeroes => options.SparseBytes == 0 ? ZeroMode.KeepAllocated : ZeroMode.MayUnmap;

    private CopyRun ReadsAsZero(GuestRange range) => new(range, WritesZeroes ? CopyAction.Zero : CopyAction.Skip);

    private async ValueTask<ulong> StoreAsync(GuestOffset at, Memory<byte> data, CancellationToken cancellation)
    {
        if (options.SparseBytes == 0)
        {
            await target.WriteAsync(at, data, cancellation).ConfigureAwait(false);
            return (ulong)data.Length;
        }

        // A cluster is the least that can be left out.
        int unit = (int)Math.Max(options.SparseBytes, target.ClusterBytes);
        ulong stored = 0;
        while (data.Length > 0)
        {
            int length = ZeroRuns.FirstRun(data.Span, unit, out bool isZero);
            if (!isZero)
            {
                await target.WriteAsync(at, data[..length], cancellation).ConfigureAwait(false);
                stored += (ulong)length;
            }
            else if (WritesZeroes)
            {
                await target.WriteZeroesAsync(new GuestRange(at, (ulong)length), ModeOfZeroes, cancellation)
                    .ConfigureAwait(false);
            }

            data = data[length..];
            at += (ulong)length;
        }

        return stored;
    }

    /// <summary>
    /// Lets the storages copy the beginning of the range by themselves. Returns what is left, and the bytes copied.
    /// </summary>
    private async ValueTask<(GuestRange Left, ulong Copied)> OffloadAsync(
        GuestRange range, CancellationToken cancellation)
    {
        ulong copied = 0;
        while (range.Length > 0 && range.Start.Value < source.Length)
        {
            GuestRange present = range.Take(source.Length - range.Start.Value);
            ChainExtent from = await source.MapChainAsync(present, cancellation).ConfigureAwait(false);
            ulong done = from.Extent.Length;
            if (from.Extent.Kind is MappingKind.Data)
            {
                done = await OffloadExtentAsync(from, cancellation).ConfigureAwait(false);
                copied += done;
            }
            else if (from.Extent.Kind is MappingKind.Compressed)
            {
                done = 0;
            }
            else if (WritesZeroes)
            {
                await target.WriteZeroesAsync(from.Extent.Range, ModeOfZeroes, cancellation).ConfigureAwait(false);
            }

            range = new GuestRange(range.Start + done, range.Length - done);
            if (done == 0)
            {
                break;
            }
        }

        return (range, copied);
    }

    private async ValueTask<ulong> OffloadExtentAsync(ChainExtent from, CancellationToken cancellation)
    {
        Extent to = await target.MapAsync(from.Extent.Range, cancellation).ConfigureAwait(false);
        if (to.Kind is not (MappingKind.Data or MappingKind.Zero) || to.Host == HostOffset.None)
        {
            return 0;
        }

        HostRange place = new(from.Extent.Host, to.Length);
        return await from.Layer.Storage.CopyToAsync(place, target.Storage, to.Host, cancellation).ConfigureAwait(false);
    }
}
