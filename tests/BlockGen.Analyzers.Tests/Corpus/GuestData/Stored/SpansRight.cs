// detour: spans
// The host writes into guest memory through a span and stores where it wrote from.
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("only written to")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] own = new byte[target.Length];
        await storage.ReadAsync(at, own, cancellation);
        own.AsSpan().CopyTo(target.DangerousGetMemory().Span);
        await storage.WriteAsync(at, own, cancellation);
    }
}
