// detour: tuples
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("paired with its place")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        (HostOffset Place, Memory<byte> Bytes) pair = (at, target.DangerousGetMemory());
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(pair.Place, pair.Bytes, cancellation); // expect: BG3001
    }
}
