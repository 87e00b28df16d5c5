internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("when asked for")]
    public async ValueTask KeepAsync(
        bool keep, HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Memory<byte>? kept = keep ? target.DangerousGetMemory() : null;
        if (kept.HasValue)
        {
            await storage.WriteAsync(at, kept.GetValueOrDefault(), cancellation); // expect: BG3001
        }
    }
}
