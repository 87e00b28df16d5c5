// The memory leaves together with the buffer that it belongs to.
internal sealed class Backend(BouncePool pool)
{
    public async ValueTask<(BounceBuffer Owner, Memory<byte> Bytes)> RentAsync(CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        return (bounce, bounce.Memory);
    }
}
