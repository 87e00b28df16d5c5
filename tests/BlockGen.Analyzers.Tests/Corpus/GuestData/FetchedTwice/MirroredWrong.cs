internal sealed class Filter(IStorage storage, BouncePool pool)
{
    private readonly BouncePool _pool = pool;

    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        await storage.WriteAsync(at, source, cancellation);
        await storage.WriteAsync(at + 4096, source, cancellation); // expect: BG3002
    }
}
