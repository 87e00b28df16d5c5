internal sealed class Backend(BouncePool pool, IStorage storage)
{
    public async ValueTask<byte> ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        try
        {
            await storage.ReadAsync(at, bounce.Memory, cancellation);
            return bounce.Memory.Span[0];
        }
        finally
        {
            bounce.Dispose();
        }
    }
}
