internal sealed class Owner(BounceBuffer bounce) : IDisposable
{
    public int Length => bounce.Length;

    public void Dispose() => bounce.Dispose();
}

internal sealed class Backend(BouncePool pool)
{
    public async ValueTask<Owner> RentAsync(CancellationToken cancellation) =>
        new(await pool.RentAsync(512, cancellation).ConfigureAwait(false));
}
