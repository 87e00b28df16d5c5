internal sealed class Zeroes(IStorage storage, BouncePool pool)
{
    public async ValueTask ZeroAsync(HostOffset at, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation); // expect: BG3007
        await storage.WriteAsync(at, bounce.Memory, cancellation);
        bounce.Dispose();
    }
}
