// detour: spans
internal sealed class Keeper(IStorage storage, BouncePool pool)
{
    [ReviewedGuestAccess("bounced too late")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        using BounceBuffer bounce = await pool.RentAsync(target.Length, cancellation);
        target.DangerousGetMemory().Span.CopyTo(bounce.Memory.Span);
        await storage.WriteAsync(at, bounce.Memory, cancellation); // expect: BG3001
    }
}
