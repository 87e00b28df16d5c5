// detour: generics
// A generic method and a generic collection that hold only the host's memory.
internal static class Box
{
    public static T Same<T>(T value) => value;
}

internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        List<Memory<byte>> parts = [Box.Same<Memory<byte>>(new byte[target.Length])];
        await storage.ReadAsync(at, Box.Same(target), cancellation);
        await storage.WriteAsync(at, parts[0], cancellation);
    }
}
