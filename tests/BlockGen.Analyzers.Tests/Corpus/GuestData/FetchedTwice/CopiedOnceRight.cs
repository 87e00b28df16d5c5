internal sealed class Filter(IStorage storage, BouncePool pool)
{
    private readonly BouncePool _pool = pool;

    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        using BounceBuffer copy = await _pool.RentAsync(source.Length, cancellation);
        source.CopyTo(copy, 0);
        if (copy.Memory.Span.IndexOfAnyExcept((byte)0) >= 0)
        {
            await storage.WriteAsync(at, copy.Memory, cancellation);
            await storage.WriteAsync(at + 4096, copy.Memory, cancellation);
        }
    }
}
