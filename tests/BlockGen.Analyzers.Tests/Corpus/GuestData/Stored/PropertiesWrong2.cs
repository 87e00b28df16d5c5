// detour: properties
internal readonly struct Window(GuestReadBuffer buffer)
{
    private readonly GuestReadBuffer _buffer = buffer;

    [ReviewedGuestAccess("for callers that only fill")]
    public Memory<byte> Bytes => _buffer.DangerousGetMemory();
}

internal sealed class Keeper(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Window window = new(target);
        await storage.ReadAsync(at, target, cancellation);
        await storage.WriteAsync(at, window.Bytes, cancellation); // expect: BG3001
    }
}
