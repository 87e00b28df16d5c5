internal sealed class Backend(IStorage storage)
{
    public async ValueTask WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        Task first = storage.WriteAsync(at, source.Slice(0, 512), cancellation).AsTask();
        Task second = storage.WriteAsync(at + 512, source.Slice(512), cancellation).AsTask();
        await Task.WhenAll(first, second);
    }
}
