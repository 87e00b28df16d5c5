internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("one of several")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, int mode, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        byte[] bytes = mode switch
        {
            0 => new byte[512],
            1 => [],
            _ => target.DangerousGetMemory().ToArray(),
        };
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
