// detour: extension methods
internal static class Buffers
{
    [ReviewedGuestAccess("for callers")]
    public static byte[] Bytes(this GuestReadBuffer target) => target.DangerousGetMemory().ToArray();
}

internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(at, target.Bytes(), cancellation); // expect: BG3001
    }
}
