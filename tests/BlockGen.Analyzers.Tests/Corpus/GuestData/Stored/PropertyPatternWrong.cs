internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied when there is something")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        if (target.DangerousGetMemory() is { IsEmpty: false } bytes)
        {
            await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
        }
    }
}
