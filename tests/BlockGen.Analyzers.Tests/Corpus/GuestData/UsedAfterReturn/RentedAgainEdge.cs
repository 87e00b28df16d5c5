// Used after a return, but of the buffer that was rented next.
internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask CopyAsync(HostOffset from, HostOffset to, CancellationToken cancellation)
    {
        for (int i = 0; i < 4; i++)
        {
            BounceBuffer bounce = await pool.RentAsync(512, cancellation);
            try
            {
                await storage.ReadAsync(from, bounce.Memory, cancellation);
                await storage.WriteAsync(to, bounce.Memory, cancellation);
            }
            finally
            {
                bounce.Dispose();
            }
        }
    }
}
