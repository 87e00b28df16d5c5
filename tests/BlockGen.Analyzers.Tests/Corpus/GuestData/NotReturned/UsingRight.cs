internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        using BounceBuffer? bounce = pool.TryRent(target.Length);
        if (bounce is null)
        {
            await storage.ReadAsync(at, target, cancellation);
            return;
        }

        await storage.ReadAsync(at, bounce.Memory, cancellation);
        target.Fill(bounce.Memory.Span);
    }
}
