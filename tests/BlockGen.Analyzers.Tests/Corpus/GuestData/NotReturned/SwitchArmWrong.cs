internal sealed class Backend(BouncePool pool, IStorage storage)
{
    public async ValueTask UseAsync(HostOffset at, int kind, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation); // expect: BG3007
        int length = kind switch
        {
            0 => 256,
            1 => 512,
            _ => throw new NotSupportedException(),
        };
        try
        {
            await storage.ReadAsync(at, bounce.Memory[..length], cancellation);
        }
        finally
        {
            bounce.Dispose();
        }
    }
}
