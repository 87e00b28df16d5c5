// detour: called methods
internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("kept")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        await KeepAsync(at, target.DangerousGetMemory(), cancellation);
    }

    private ValueTask KeepAsync(HostOffset at, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        StoreAsync(at, bytes[..512], cancellation);

    private ValueTask StoreAsync(HostOffset at, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
}
