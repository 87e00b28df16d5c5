internal sealed class Backend(BouncePool pool)
{
    public async ValueTask UseAsync(CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(512, cancellation); // expect: BG3006
        bounce.Memory.Span.Clear();
        IDisposable owner = bounce;
        owner.Dispose();
    }
}
