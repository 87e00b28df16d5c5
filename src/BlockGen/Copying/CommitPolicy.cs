namespace BlockGen;

/// <summary>Copies into a base what the layers above it hold.</summary>
/// <param name="image">The top of the chain.</param>
/// <param name="baseLayer">The base; as long as the image at least.</param>
internal sealed class CommitPolicy(Image image, Image baseLayer) : ICopyPolicy
{
    private const int ShortestZeroBytes = 64 << 10;

    public ulong Length => image.Length;

    public ulong Granularity => Math.Max(Math.Max(image.ClusterBytes, baseLayer.ClusterBytes), 1);

    public bool TryClaim(GuestRange range, out RangeTicket claim) =>
        image.Tracker.TryEnter(range, RangeAccess.Claim, out claim);

    public ValueTask<RangeTicket> ClaimAsync(GuestRange range, CancellationToken cancellation) =>
        image.Tracker.EnterAsync(range, RangeAccess.Claim, cancellation);

    public ValueTask<CopyRun> ScanAsync(GuestRange range, CancellationToken cancellation) =>
        ChainScan.AboveAsync(image, baseLayer, range, cancellation);

    public async ValueTask<ulong> CopyAsync(GuestRange range, Memory<byte> bounce, CancellationToken cancellation)
    {
        bounce = bounce[..(int)range.Length];
        await Image.ReadPaddedAsync(image, range, bounce, cancellation).ConfigureAwait(false);

        // A storage that hung and now comes back after the job has ended must find nothing to do.
        cancellation.ThrowIfCancellationRequested();
        return await StoreAsync(range.Start, bounce, cancellation).ConfigureAwait(false);
    }

    public ValueTask ZeroAsync(GuestRange range, CancellationToken cancellation) =>
        baseLayer.WriteZeroesAsync(range, ZeroMode.MayUnmap, cancellation);

    private async ValueTask<ulong> StoreAsync(GuestOffset at, Memory<byte> data, CancellationToken cancellation)
    {
        int unit = (int)Math.Max((ulong)ShortestZeroBytes, Granularity);
        ulong stored = 0;
        while (data.Length > 0)
        {
            int length = ZeroRuns.FirstRun(data.Span, unit, out bool isZero);
            if (isZero)
            {
                await ZeroAsync(new GuestRange(at, (ulong)length), cancellation).ConfigureAwait(false);
            }
            else
            {
                await baseLayer.WriteAsync(at, data[..length], cancellation).ConfigureAwait(false);
                stored += (ulong)length;
            }

            data = data[length..];
            at += (ulong)length;
        }

        return stored;
    }
}
