internal sealed class Backend(BouncePool pool, IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        int rounds = 0;
        do
        {
            using (bounce) // expect: BG3006
            {
                await storage.ReadAsync(at, bounce.Memory, cancellation); // expect: BG3005
            }
        }
        while (++rounds < 4);
    }
}
