internal sealed class Backend(IStorage storage, BouncePool pool)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(source.Length, cancellation);
        source.CopyTo(bounce, 0);
        byte[] hash = System.Security.Cryptography.SHA256.HashData(bounce.Memory.Span);
        await storage.WriteAsync(at, bounce.Memory, cancellation);
        await storage.WriteAsync(at + 4096, hash, cancellation);
    }
}
