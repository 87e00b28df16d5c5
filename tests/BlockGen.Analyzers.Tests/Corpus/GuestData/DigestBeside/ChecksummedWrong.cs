internal sealed class Filter(IStorage storage, BouncePool pool)
{
    private readonly BouncePool _pool = pool;

    [ReviewedGuestAccess("looked at")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        byte[] sum = System.Security.Cryptography.SHA256.HashData(source.DangerousGetMemory().Span);
        await storage.WriteAsync(at, source, cancellation); // expect: BG3003
        await storage.WriteAsync(at + 4096, sum, cancellation);
    }
}
