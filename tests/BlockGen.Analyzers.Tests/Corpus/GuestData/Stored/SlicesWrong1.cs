// detour: slices
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("the tail is kept")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(at, target.DangerousGetMemory().Slice(512, 512), cancellation); // expect: BG3001
    }
}
