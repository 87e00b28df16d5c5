// detour: slices
// Slices of a bounce buffer: one goes to the guest, the whole to the storage.
internal sealed class Keeper(IStorage storage, BouncePool pool)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        using BounceBuffer bounce = await pool.RentAsync(target.Length + 512, cancellation);
        await storage.ReadAsync(at, bounce.Memory, cancellation);
        target.Fill(bounce.Memory.Span.Slice(512, target.Length));
        await storage.WriteAsync(at, bounce.Memory, cancellation);
    }
}
