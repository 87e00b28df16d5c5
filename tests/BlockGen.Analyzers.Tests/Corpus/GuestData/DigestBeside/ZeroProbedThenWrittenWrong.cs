internal sealed class Filter(IStorage storage, BouncePool pool)
{
    private readonly BouncePool _pool = pool;

    [ReviewedGuestAccess("looked at")]
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        if (source.DangerousGetMemory().Span.IndexOfAnyExcept((byte)0) >= 0)
        {
            await storage.WriteAsync(at, source, cancellation); // expect: BG3003
        }
    }
}
