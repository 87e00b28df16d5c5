internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied when it is needed")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, byte[]? copy, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        copy ??= target.DangerousGetMemory().ToArray();
        await storage.WriteAsync(at, copy, cancellation); // expect: BG3001
    }
}
