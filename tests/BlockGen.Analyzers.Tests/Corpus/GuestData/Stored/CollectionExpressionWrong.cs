internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("framed")]
    private static byte[] Framed(GuestReadBuffer target) => [0x7f, .. target.DangerousGetMemory().Span, 0x7f];

    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(at, Framed(target), cancellation); // expect: BG3001
    }
}
