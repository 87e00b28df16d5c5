namespace BlockGen;

/// <summary>
/// Copies into an image what its backing image shows and another one would not, where the image itself holds nothing.
/// </summary>
/// <param name="image">The image.</param>
/// <param name="other">The backing image to be; null for none.</param>
/// <param name="compared">Memory for what the other one holds: as much as all copies at once take.</param>
internal sealed class RebasePolicy(Image image, Image? other, BouncePool compared) : ICopyPolicy
{
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
        Shown before = await LookAtAsync(backing.Image, own.Range, cancellation).ConfigureAwait(false);
        Shown after = await LookAtAsync(other, before.Range, cancellation).ConfigureAwait(false);
        bool isSame = before.Layer == after.Layer && before.Layer is not null;
        return new CopyRun(after.Range, (before.Layer, after.Layer) switch
        {
            (null, null) => CopyAction.Skip,
            _ when isSame => CopyAction.Skip,
            (null, _) => CopyAction.Zero,
            _ => CopyAction.Copy,
        });
    }

    public async ValueTask<ulong> CopyAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        bounce = bounce[..(int)range.Length];
        using BounceBuffer buffer = await compared.RentAsync(bounce.Length, cancellation).ConfigureAwait(false);
        Memory<byte> after = buffer.Memory[..bounce.Length];
        using (BackingLease backing = image.RentBacking())
        {
            await Image.ReadPaddedAsync(backing.Image, range, bounce, cancellation).ConfigureAwait(false);
        }

        await Image.ReadPaddedAsync(other, range, after, cancellation).ConfigureAwait(false);

        // A storage that hung and now comes back after the job has ended must find nothing to do.
        cancellation.ThrowIfCancellationRequested();
        return await StoreDifferencesAsync(range, bounce, after, cancellation).ConfigureAwait(false);
    }

    public ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation) =>
        image.StoreZeroesIfUnallocatedAsync(range, cancellation);

    private async ValueTask<ulong> StoreDifferencesAsync(
        GuestRange range, Memory<byte> before, Memory<byte> after, CancellationToken cancellation)
    {
        ulong stored = 0;
        for (int at = 0; at < before.Length;)
        {
            int length = FirstRun(before.Span[at..], after.Span[at..], out bool differs);
            if (differs)
            {
                GuestRange run = new(range.Start + (ulong)at, (ulong)length);
                stored += await image.StoreIfUnallocatedAsync(run, before.Slice(at, length), cancellation)
                    .ConfigureAwait(false);
            }

            at += length;
        }

        return stored;
    }

    /// <summary>How many bytes at the beginning are, cluster by cluster, all the same or all different.</summary>
    private int FirstRun(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, out bool differs)
    {
        int unit = (int)Granularity;
        int length = Math.Min(unit, before.Length);
        differs = !before[..length].SequenceEqual(after[..length]);
        while (length < before.Length)
        {
            int next = Math.Min(unit, before.Length - length);
            if (before.Slice(length, next).SequenceEqual(after.Slice(length, next)) == differs)
            {
                break;
            }

            length += next;
        }

        return length;
    }

    /// <summary>Which layer of a chain has data at the beginning of a range; null where it reads as zeroes.</summary>
    private static async ValueTask<Shown> LookAtAsync(Image? chain, GuestRange range, CancellationToken cancellation)
    {
        if (chain is null || range.Start.Value >= chain.Length)
        {
            return new Shown(range, null);
        }

        range = range.Take(chain.Length - range.Start.Value);
        ChainExtent found = await chain.MapChainAsync(range, cancellation).ConfigureAwait(false);
        bool isZero = found.Extent.Kind is MappingKind.Unallocated or MappingKind.Zero;
        return new Shown(found.Extent.Range, isZero ? null : found.Layer);
    }

    private readonly record struct Shown(GuestRange Range, Image? Layer);
}
