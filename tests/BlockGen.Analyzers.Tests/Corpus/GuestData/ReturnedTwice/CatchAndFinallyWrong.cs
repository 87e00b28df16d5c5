internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        try
        {
            await storage.ReadAsync(at, bounce.Memory, cancellation);
        }
        catch (IOException)
        {
            bounce.Dispose();
            throw;
        }
        finally
        {
            bounce.Dispose(); // expect: BG3006
        }
    }
}
