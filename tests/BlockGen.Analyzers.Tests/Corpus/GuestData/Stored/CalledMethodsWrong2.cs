// detour: called methods
internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        byte[] bytes = new byte[target.Length];
        Collect(target, bytes);
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }

    [ReviewedGuestAccess("collected")]
    private static void Collect(GuestReadBuffer source, Span<byte> into)
    {
        source.DangerousGetMemory().Span.CopyTo(into);
    }
}
