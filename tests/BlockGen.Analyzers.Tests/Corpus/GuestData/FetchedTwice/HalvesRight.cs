internal sealed class Filter(IStorage storage, BouncePool pool)
{
    private readonly BouncePool _pool = pool;

    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        int half = source.Length / 2;
        await storage.WriteAsync(at, source.Slice(0, half), cancellation);
        await storage.WriteAsync(at + (ulong)half, source.Slice(half), cancellation);
    }
}
