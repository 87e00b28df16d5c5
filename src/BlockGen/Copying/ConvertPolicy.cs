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
        ulong offloaded = options.OffloadCopies
            ? await OffloadAsync(range, cancellation).ConfigureAwait(false)
            : 0;
        if (offloaded == range.Length)
        {
            return offloaded;
        }

        range = new GuestRange(range.Start + offloaded, range.Length - offloaded);
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

    /// <summary>How much of the range's beginning the storages have copied by themselves.</summary>
    private async ValueTask<ulong> OffloadAsync(GuestRange range, CancellationToken cancellation)
    {
        ulong done = 0;
        while (done < range.Length && range.Start.Value + done < source.Length)
        {
            GuestRange rest = new GuestRange(range.Start + done, range.Length - done)
                .Take(source.Length - range.Start.Value - done);
            ChainExtent from = await source.MapChainAsync(rest, cancellation).ConfigureAwait(false);
            Extent to = await target.MapAsync(from.Extent.Range, cancellation).ConfigureAwait(false);
            bool isPlain = from.Extent.Kind is MappingKind.Data && to.IsAllocated && to.Host != HostOffset.None
                && to.Kind is MappingKind.Data or MappingKind.Zero;
            if (!isPlain)
            {
                break;
            }

            ulong copied = await from.Layer.Storage.CopyToAsync(
                new HostRange(from.Extent.Host, to.Length), target.Storage, to.Host, cancellation).ConfigureAwait(false);
            done += copied;
            if (copied < to.Length)
            {
                break;
            }
        }

        return done;
    }
}
