internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(512, cancellation); // expect: BG3006
        await storage.ReadAsync(at, bounce.Memory, cancellation);
        bounce.Dispose();
    }
}
