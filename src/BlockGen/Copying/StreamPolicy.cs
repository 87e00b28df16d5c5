namespace BlockGen;

/// <summary>
/// Copies into an image what the layers between it and a base hold, where the image itself holds nothing.
/// </summary>
/// <param name="image">The image.</param>
/// <param name="baseLayer">The layer that stays behind it; null when none does.</param>
internal sealed class StreamPolicy(Image image, Image? baseLayer) : ICopyPolicy
{
    // Shorter runs of zeroes within data are stored as they are: they would only fragment the file.
    private const int ShortestZeroBytes = 64 << 10;

    public ulong Length => image.Length;

    public ulong Granularity => Math.Max(image.ClusterBytes, 1);

    public bool TryClaim(GuestRange range, out RangeTicket claim) =>
        image.Tracker.TryEnter(range, RangeAccess.Claim, out claim);

    public ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation) =>
        image.Tracker.EnterAsync(range, RangeAccess.Claim, cancellation);

    public async ValueTask<CopyRun> ScanAsync(GuestRange range, CancellationToken cancellation)
    {
        Extent own = await image.MapAsync(range, cancellation).ConfigureAwait(false);
        if (own.IsAllocated)
        {
            return new CopyRun(own.Range, CopyAction.Skip);
        }

        using BackingLease backing = image.RentBacking();
        range = own.Range;
        for (Image? layer = backing.Image; layer is not null && layer != baseLayer; layer = layer.Backing)
        {
            if (range.Start.Value >= layer.Length)
            {
                return ReadsAsZero(range);
            }

            range = range.Take(layer.Length - range.Start.Value);
            Extent extent = await layer.MapAsync(range, cancellation).ConfigureAwait(false);
            range = extent.Range;
            switch (extent.Kind)
            {
                case MappingKind.Unallocated:
                    continue;
                case MappingKind.Zero:
                    return ReadsAsZero(range);
                default:
                    return new CopyRun(range, CopyAction.Copy);
            }
        }

        return new CopyRun(range, CopyAction.Skip);
    }

    public async ValueTask<ulong> CopyAsync(
        GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        range = await StillUnallocatedAsync(range, cancellation).ConfigureAwait(false);
        if (range.Length == 0)
        {
            return 0;
        }

        bounce = bounce[..(int)range.Length];
        using (BackingLease backing = image.RentBacking())
        {
            await Image.ReadPaddedAsync(backing.Image, range, bounce, cancellation).ConfigureAwait(false);
        }

        // A storage that hung and now comes back after the job has ended must find nothing to do.
        cancellation.ThrowIfCancellationRequested();
        return await StoreAsync(range, bounce, cancellation).ConfigureAwait(false);
    }

    public ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation) =>
        image.StoreZeroesIfUnallocatedAsync(range, cancellation);

    /// <summary>
    /// Zeroes need storing only where they hide the base. Without a base an unallocated cluster reads as zeroes anyway.
    /// </summary>
    private CopyRun ReadsAsZero(GuestRange range)
    {
        if (baseLayer is null || range.Start.Value >= baseLayer.Length)
        {
            return new CopyRun(range, CopyAction.Skip);
        }

        return new CopyRun(range.Take(baseLayer.Length - range.Start.Value), CopyAction.Zero);
    }

    /// <summary>The range without what guest writes have allocated at both its ends since it was scanned.</summary>
    private async ValueTask<GuestRange> StillUnallocatedAsync(GuestRange range, CancellationToken cancellation)
    {
        ulong start = range.End;
        ulong end = range.Start.Value;
        for (ulong at = range.Start.Value; at < range.End;)
        {
            GuestRange rest = new(at, range.End - at);
            Extent extent = await image.MapAsync(rest, cancellation).ConfigureAwait(false);
            at = extent.Range.End;
            if (!extent.IsAllocated)
            {
                start = Math.Min(start, extent.Range.Start.Value);
                end = at;
            }
        }

        return end > start ? new GuestRange(start, end - start) : new GuestRange(start, 0);
    }

    private async ValueTask<ulong> StoreAsync(GuestRange range, Memory<byte> data, CancellationToken cancellation)
    {
        int unit = (int)Math.Max((ulong)ShortestZeroBytes, Granularity);
        ulong stored = 0;
        while (data.Length > 0)
        {
            int length = ZeroRuns.FirstRun(data.Span, unit, out bool isZero);
            GuestRange run = range.Take((ulong)length);
            if (!isZero)
            {
                stored += await image.StoreIfUnallocatedAsync(run, data[..length], cancellation).ConfigureAwait(false);
            }
            else if (baseLayer is not null)
            {
                await image.StoreZeroesIfUnallocatedAsync(run, cancellation).ConfigureAwait(false);
            }

            data = data[length..];
            range = new GuestRange(range.Start + (ulong)length, range.Length - (ulong)length);
        }

        return stored;
    }
}
