internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation); // expect: BG3007
        bounce = await pool.RentAsync(1024, cancellation);
        try
        {
            await storage.ReadAsync(at, bounce.Memory, cancellation);
        }
        finally
        {
            bounce.Dispose();
        }
    }
}
