// detour: local functions
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("through a captured parameter")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(at, Bytes(), cancellation); // expect: BG3001

        byte[] Bytes() => target.DangerousGetMemory().ToArray();
    }
}
