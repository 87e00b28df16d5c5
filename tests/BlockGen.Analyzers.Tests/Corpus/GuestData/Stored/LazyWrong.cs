internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied when it is needed")]
    public async ValueTask KeepAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Memory<byte> memory = target.DangerousGetMemory();
        Lazy<byte[]> copy = new(() => memory.ToArray());
        await storage.WriteAsync(at, copy.Value, cancellation); // expect: BG3001
    }
}
