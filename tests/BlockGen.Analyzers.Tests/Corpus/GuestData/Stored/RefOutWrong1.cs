// detour: ref/out parameters
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("handed out")]
    private static void Get(GuestReadBuffer target, out Memory<byte> bytes) => bytes = target.DangerousGetMemory();

    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Get(target, out Memory<byte> bytes);
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
