// A flag says whether somebody else has taken over the buffer.
internal sealed class Backend(IStorage storage, BouncePool pool, List<BounceBuffer> kept)
{
    public async ValueTask ReadAsync(HostOffset at, bool keeps, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        bool isTaken = false;
        try
        {
            await storage.ReadAsync(at, bounce.Memory, cancellation);
            if (keeps)
            {
                kept.Add(bounce);
                isTaken = true;
            }
        }
        finally
        {
            if (!isTaken)
            {
                bounce.Dispose();
            }
        }
    }
}
