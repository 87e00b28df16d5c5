internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        using BounceBuffer first = await pool.RentAsync(512, cancellation);
        using BounceBuffer second = await pool.RentAsync(512, cancellation);
        await storage.ReadAsync(at, first.Memory, cancellation);
        await storage.ReadAsync(at + 512, second.Memory, cancellation);
    }
}
