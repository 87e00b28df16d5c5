// detour: extension methods
internal static class Storages
{
    public static ValueTask KeepAsync(
        this IStorage storage, HostOffset at, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("kept")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        await storage.KeepAsync(at, target.DangerousGetMemory(), cancellation);
    }
}
