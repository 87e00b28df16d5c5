// detour: locals
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied below")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Memory<byte> memory = target.DangerousGetMemory();
        Memory<byte> alias = memory;
        await storage.WriteAsync(at, alias, cancellation); // expect: BG3001
    }
}
