internal sealed class Copier(RangeTracker tracker, IStorage storage, BouncePool pool)
{
    public async ValueTask CopyAsync(GuestRange range, HostOffset at, CancellationToken cancellation)
    {
        await using FileStream log = File.OpenWrite("log");
        if (!tracker.TryEnter(range, RangeAccess.Claim, out RangeTicket claim))
        {
            return;
        }

        using (claim)
        {
            using BounceBuffer bounce = await pool.RentAsync(512, cancellation).ConfigureAwait(false);
            await storage.ReadAsync(at, bounce.Memory, cancellation).ConfigureAwait(false);
            await storage.WriteAsync(at + 65536, bounce.Memory, cancellation).ConfigureAwait(false);
        }
    }
}
