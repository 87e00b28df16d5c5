internal sealed class Rents(BouncePool pool)
{
    public async ValueTask<BounceBuffer> RentAsync(CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        bounce.Memory.Span.Clear();
        return bounce;
    }
}
