internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("one of two")]
    public async ValueTask ReadAsync(
        HostOffset at, GuestReadBuffer target, bool isOurs, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Memory<byte> bytes = isOurs ? new byte[512] : target.DangerousGetMemory();
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
