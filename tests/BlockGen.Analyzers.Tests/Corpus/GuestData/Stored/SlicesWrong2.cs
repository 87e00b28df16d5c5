// detour: slices
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("the middle is kept")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        GuestReadBuffer middle = target.Slice(16).Slice(0, 32);
        Memory<byte> part = middle.DangerousGetMemory()[4..^4];
        await storage.WriteAsync(at, part, cancellation); // expect: BG3001
    }
}
