// Returned, stored in a field, or given to a constructor: somebody else returns it.
internal sealed class Holder(BounceBuffer bounce) : IDisposable
{
    public void Dispose() => bounce.Dispose();
}

internal sealed class Backend(BouncePool pool)
{
    private BounceBuffer? _own;

    public async ValueTask<BounceBuffer> RentAsync(CancellationToken cancellation)
    {
        BounceBuffer bounce = await pool.RentAsync(512, cancellation);
        bounce.Memory.Span.Clear();
        return bounce;
    }

    public void Keep()
    {
        _own?.Dispose();
        _own = pool.TryRent(512);
    }

    public Holder? Hold() => pool.TryRent(512) is { } bounce ? new Holder(bounce) : null;
}
