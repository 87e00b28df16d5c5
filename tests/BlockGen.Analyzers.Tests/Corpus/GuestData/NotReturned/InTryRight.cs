internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, bool isLarge, CancellationToken cancellation)
    {
        BounceBuffer? bounce = null;
        try
        {
            bounce = await pool.RentAsync(isLarge ? 65536 : 512, cancellation);
            await storage.ReadAsync(at, bounce.Memory, cancellation);
        }
        finally
        {
            bounce?.Dispose();
        }
    }
}
