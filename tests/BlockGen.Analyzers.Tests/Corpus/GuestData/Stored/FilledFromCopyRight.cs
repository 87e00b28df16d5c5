internal sealed class Keeper(IStorage backing, IStorage overlay, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(target.Length, cancellation);
        await backing.ReadAsync(at, bounce.Memory, cancellation);
        target.Fill(bounce.Memory.Span);
        await overlay.WriteAsync(at, bounce.Memory, cancellation);
    }
}
