internal sealed class Backend(IStorage storage)
{
    public async Task<bool> WriteAsync(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        Task write = storage.WriteAsync(at, source, cancellation).AsTask(); // expect: BG3004
        Task first = await Task.WhenAny(write, Task.Delay(1000, cancellation));
        return first.IsCompletedSuccessfully;
    }
}
