internal sealed class Keeper(IStorage storage)
{
    private byte[]? _last;

    [ReviewedGuestAccess("copied")]
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Interlocked.Exchange(ref _last, target.DangerousGetMemory().ToArray());
        await storage.WriteAsync(at, _last, cancellation); // expect: BG3001
    }
}
