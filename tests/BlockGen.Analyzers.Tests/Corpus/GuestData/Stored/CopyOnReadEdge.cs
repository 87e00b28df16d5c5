// The order of copy-on-read: the guest's memory is filled, its read completes, and the bounce buffer is stored.
internal sealed class Keeper(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        if (pool.TryRent(target.Length) is not { } bounce)
        {
            await storage.ReadAsync(at, target, cancellation);
            return;
        }

        using (bounce)
        {
            await storage.ReadAsync(at, bounce.Memory, cancellation);
            target.Fill(bounce.Memory.Span);
            await storage.WriteAsync(at, bounce.Memory, cancellation);
        }
    }
}
