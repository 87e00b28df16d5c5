internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask<(int Length, byte[] Bytes)> ReadAsync(HostOffset at, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        await storage.ReadAsync(at, bounce.Memory, cancellation);
        return (bounce.Length, bounce.Memory.Span[..16].ToArray());
    }
}
