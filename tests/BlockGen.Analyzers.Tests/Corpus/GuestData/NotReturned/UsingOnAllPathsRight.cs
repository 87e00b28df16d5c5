internal sealed class Zeroes(IStorage storage, BouncePool pool)
{
    public async ValueTask ZeroAsync(HostOffset at, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        bounce.Memory.Span.Clear();
        await storage.WriteAsync(at, bounce.Memory, cancellation);
    }
}
