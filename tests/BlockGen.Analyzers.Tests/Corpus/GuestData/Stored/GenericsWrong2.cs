// detour: generics
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("through a list")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        List<Memory<byte>> parts = [];
        parts.Add(target.DangerousGetMemory());
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(at, parts[0], cancellation); // expect: BG3001
    }
}
