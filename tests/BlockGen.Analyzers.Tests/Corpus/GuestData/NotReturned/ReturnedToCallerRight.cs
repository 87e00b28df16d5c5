internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask<BounceBuffer> ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        try
        {
            await storage.ReadAsync(at, bounce.Memory, cancellation);
            return bounce;
        }
        catch
        {
            bounce.Dispose();
            throw;
        }
    }
}
