// detour: arrays
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("looked through")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        byte[] sector = new byte[512];
        for (int i = 0; i < sector.Length; i++)
        {
            sector[i] = target.DangerousGetMemory().Span[i];
        }

        await storage.WriteAsync(at, sector, cancellation); // expect: BG3001
    }
}
