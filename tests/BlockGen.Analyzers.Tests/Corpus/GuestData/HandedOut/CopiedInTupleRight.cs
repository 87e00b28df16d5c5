internal sealed class Backend(BouncePool pool, IStorage storage)
{
    public async ValueTask<(int Length, ReadOnlyMemory<byte> Bytes)> HeadAsync(CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        await storage.ReadAsync(new HostOffset(0), bounce.Memory, cancellation);
        return (bounce.Length, bounce.Memory.ToArray());
    }
}
