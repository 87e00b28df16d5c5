// detour: lambdas
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("later")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Func<Memory<byte>> get = () => target.DangerousGetMemory();
        await storage.WriteAsync(at, get(), cancellation); // expect: BG3001
    }
}
