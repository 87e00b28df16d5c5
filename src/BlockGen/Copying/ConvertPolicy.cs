namespace BlockGen;

/// <summary>Copies chains into another image that nobody else uses.</summary>
internal sealed class ConvertPolicy(JoinedParts source, Image target, ConvertOptions options) : ICopyPolicy
{
    private const ulong SmallestGranularity = 64 << 10;
    private const int SectorBytes = 512;

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

        ImagePart part = source.Find(range.Take(source.Length - range.Start.Value));
        range = range.Take(part.Range.Length);
        try
        {
            CopyRun run = await ScanAsync(part, cancellation).ConfigureAwait(false);
            range = range.Take(run.Range.Length);
            return run.Action is CopyAction.Zero ? ReadsAsZero(range) : new CopyRun(range, run.Action);
        }
        catch (Exception failure) when (options.Salvaged is not null && StorageFault.Is(failure))
        {
            // What cannot be looked up may be readable in part.
            return new CopyRun(range.Take(Granularity), CopyAction.Copy);
        }
    }

    private async ValueTask<CopyRun> ScanAsync(ImagePart part, CancellationToken cancellation)
    {
        GuestRange range = part.Range;
        return range.Start.Value >= part.Image.Length
            ? new CopyRun(range, CopyAction.Zero)
            : await ChainScan.AboveAsync(
                part.Image, options.SharedBacking, range.Take(part.Image.Length - range.Start.Value), cancellation)
                .ConfigureAwait(false);
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
        await ReadAsync(range, bounce, cancellation).ConfigureAwait(false);
        return offloaded + await StoreAsync(range.Start, bounce, cancellation).ConfigureAwait(false);
    }

    private async ValueTask ReadAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        try
        {
            await source.ReadAsync(range, bounce, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (options.Salvaged is not null && StorageFault.Is(failure))
        {
            await SalvageAsync(range, bounce, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Reads sector by sector what could not be read as a whole.</summary>
    private async ValueTask SalvageAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        for (int at = 0; at < bounce.Length; at += SectorBytes)
        {
            GuestRange sector = new GuestRange(range.Start + (ulong)at, range.Length - (ulong)at).Take(SectorBytes);
            Memory<byte> bytes = bounce.Slice(at, (int)sector.Length);
            try
            {
                await source.ReadAsync(sector, bytes, cancellation).ConfigureAwait(false);
            }
            catch (Exception failure) when (StorageFault.Is(failure))
            {
                bytes.Span.Clear();
                options.Salvaged!(sector.Start, failure);
            }
        }
    }

    public ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation) =>
        target.WriteZeroesAsync(range, ModeOfZeroes, cancellation);

    private ZeroMode ModeOfZeroes => options.SparseBytes == 0 ? ZeroMode.KeepAllocated : ZeroMode.MayUnmap;

    private CopyRun ReadsAsZero(GuestRange range) => new(range, WritesZeroes ? CopyAction.Zero : CopyAction.Skip);

    /// <summary>Compresses clusters side by side; those of zeroes take no space.</summary>
    private async ValueTask<ulong> StoreCompressedAsync(
        GuestOffset at, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        int clusterBytes = (int)target.ClusterBytes;
        int count = (data.Length + clusterBytes - 1) / clusterBytes;
        await Parallel.ForAsync(0, count, cancellation, async (index, token) =>
        {
            int start = index * clusterBytes;
            ReadOnlyMemory<byte> cluster = data.Slice(start, Math.Min(clusterBytes, data.Length - start));
            GuestOffset place = at + (ulong)start;
            if (cluster.Span.ContainsAnyExcept((byte)0))
            {
                await target.WriteCompressedAsync(place, cluster, token).ConfigureAwait(false);
            }
            else if (WritesZeroes)
            {
                await target.WriteZeroesAsync(new GuestRange(place, (ulong)cluster.Length), ModeOfZeroes, token)
                    .ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return (ulong)data.Length;
    }

    private async ValueTask<ulong> StoreAsync(GuestOffset at, Memory<byte> data, CancellationToken cancellation)
    {
        if (options.Compresses)
        {
            return await StoreCompressedAsync(at, data, cancellation).ConfigureAwait(false);
        }

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
            ImagePart part = source.Find(range);
            if (part.Range.Start.Value >= part.Image.Length)
            {
                break;
            }

            GuestRange present = part.Range.Take(part.Image.Length - part.Range.Start.Value);
            ChainExtent from = await part.Image.MapChainAsync(present, cancellation).ConfigureAwait(false);
            ulong done = from.Extent.Length;
            if (from.Extent.Kind is MappingKind.Data)
            {
                done = await OffloadExtentAsync(from, range.Take(done), cancellation).ConfigureAwait(false);
                copied += done;
            }
            else if (from.Extent.Kind is MappingKind.Compressed)
            {
                done = 0;
            }
            else if (WritesZeroes)
            {
                await target.WriteZeroesAsync(range.Take(done), ModeOfZeroes, cancellation).ConfigureAwait(false);
            }

            range = new GuestRange(range.Start + done, range.Length - done);
            if (done == 0)
            {
                break;
            }
        }

        return (range, copied);
    }

    private async ValueTask<ulong> OffloadExtentAsync(
        ChainExtent from, GuestRange place, CancellationToken cancellation)
    {
        Extent to = await target.MapAsync(place, cancellation).ConfigureAwait(false);
        if (to.Kind is not (MappingKind.Data or MappingKind.Zero) || to.Host == HostOffset.None || to.IsShared)
        {
            return 0;
        }

        HostRange stored = new(from.Extent.Host, to.Length);
        return await from.Layer.DataStorage.CopyToAsync(stored, target.DataStorage, to.Host, cancellation)
            .ConfigureAwait(false);
    }
}
