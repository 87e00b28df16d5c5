// detour: local functions
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("through a local function")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        await KeepAsync(target.DangerousGetMemory());

        async ValueTask KeepAsync(ReadOnlyMemory<byte> bytes)
        {
            await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
        }
    }
}
