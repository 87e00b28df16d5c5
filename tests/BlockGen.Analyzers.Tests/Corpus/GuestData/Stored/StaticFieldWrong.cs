internal static class Cache
{
    public static readonly byte[] Bytes = new byte[512];
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("cached")]
    public void Remember(GuestReadBuffer target) => target.DangerousGetMemory().Span[..512].CopyTo(Cache.Bytes);

    public async ValueTask SaveAsync(HostOffset at, CancellationToken cancellation)
    {
        await storage.WriteAsync(at, Cache.Bytes, cancellation); // expect: BG3001
    }
}
