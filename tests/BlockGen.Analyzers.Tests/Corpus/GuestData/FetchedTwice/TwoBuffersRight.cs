internal sealed class Backend(IStorage storage)
{
    public async ValueTask WriteAsync(
        HostOffset at, GuestWriteBuffer first, GuestWriteBuffer second, CancellationToken cancellation)
    {
        await storage.WriteAsync(at, first, cancellation);
        await storage.WriteAsync(at + 4096, second, cancellation);
    }
}
