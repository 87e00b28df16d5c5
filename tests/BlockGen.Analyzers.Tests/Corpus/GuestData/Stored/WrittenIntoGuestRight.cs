internal sealed class Filler(IStorage storage)
{
    [ReviewedGuestAccess("only written to")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] sector = new byte[512];
        await storage.ReadAsync(at, sector, cancellation);
        sector.CopyTo(target.DangerousGetMemory());
        target.DangerousGetMemory().Span[0] = 7;
        await storage.WriteAsync(at, sector, cancellation);
    }
}
