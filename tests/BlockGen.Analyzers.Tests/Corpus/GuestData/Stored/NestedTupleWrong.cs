internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("two levels down")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        (int Count, (HostOffset Place, byte[] Bytes) Inner) pair = (1, (at, target.DangerousGetMemory().ToArray()));
        (_, (HostOffset place, byte[] bytes)) = pair;
        await storage.WriteAsync(place, bytes, cancellation); // expect: BG3001
    }
}
