// detour: called methods
// The called method gives back a new array, whatever it was given.
internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(at, ZeroesFor(target), cancellation);
    }

    private static byte[] ZeroesFor(GuestReadBuffer target) => new byte[target.Length];
}
