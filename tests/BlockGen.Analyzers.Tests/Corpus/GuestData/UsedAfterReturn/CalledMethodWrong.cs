internal sealed class Backend(BouncePool pool, IStorage storage)
{
    private static void Release(BounceBuffer bounce) => bounce.Dispose();

    public async ValueTask ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        Release(bounce);
        await storage.ReadAsync(at, bounce.Memory, cancellation); // expect: BG3005
    }
}
