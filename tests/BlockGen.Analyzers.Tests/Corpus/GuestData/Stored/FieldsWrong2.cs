// detour: fields
internal sealed class Page
{
    public byte[] Bytes = new byte[4096];
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("a copy is kept")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Page page = new();
        await storage.ReadAsync(at, target, cancellation);
        target.DangerousGetMemory().Span.CopyTo(page.Bytes);
        await storage.WriteAsync(at, page.Bytes, cancellation); // expect: BG3001
    }
}
