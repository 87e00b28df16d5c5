internal sealed class Backend(IStorage storage)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        Func<Task> write = async () => await storage.WriteAsync(at, source, cancellation);
        await write();
    }
}
