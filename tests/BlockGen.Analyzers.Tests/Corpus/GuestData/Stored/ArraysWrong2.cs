// detour: arrays
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("collected")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Memory<byte>[] parts = [new byte[8], target.DangerousGetMemory()];
        await storage.ReadAsync(at, target, cancellation);
        foreach (Memory<byte> part in parts)
        {
            await storage.WriteAsync(at, part, cancellation); // expect: BG3001
        }
    }
}
