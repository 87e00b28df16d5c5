// detour: generics
internal static class Box
{
    public static T Same<T>(T value) => value;
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("through a generic method")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        Memory<byte> bytes = Box.Same(target.DangerousGetMemory());
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
