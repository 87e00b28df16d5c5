// detour: extension methods
// The extension stores what it is given; nobody gives it guest memory.
internal static class Storages
{
    public static ValueTask KeepAsync(
        this IStorage storage, HostOffset at, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        storage.WriteAsync(at, bytes, cancellation);
}

internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        byte[] own = new byte[target.Length];
        await storage.ReadAsync(at, own, cancellation);
        target.Fill(own);
        await storage.KeepAsync(at, own, cancellation);
    }
}
