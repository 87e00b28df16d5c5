internal sealed class Backend(IStorage storage)
{
    public ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        _ = storage.WriteAsync(at, source, cancellation).AsTask(); // expect: BG3004
        return default;
    }
}
