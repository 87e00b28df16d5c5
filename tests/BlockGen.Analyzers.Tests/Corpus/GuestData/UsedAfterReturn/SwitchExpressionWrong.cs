internal sealed class Backend(BouncePool pool)
{
    public async ValueTask<int> FirstAsync(bool quick, CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        bounce.Dispose();
        return quick switch
        {
            true => 0,
            false => bounce.Memory.Span[0], // expect: BG3005
        };
    }
}
