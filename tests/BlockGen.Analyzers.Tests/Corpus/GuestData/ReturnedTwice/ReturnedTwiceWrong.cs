internal sealed class Zeroes(IStorage storage, BouncePool pool)
{
    public async ValueTask ZeroAsync(HostOffset at, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        try
        {
            await storage.WriteAsync(at, bounce.Memory, cancellation);
        }
        finally
        {
            bounce.Dispose();
        }

        bounce.Dispose(); // expect: BG3006
    }
}
