internal sealed class Backend(IStorage storage)
{
    public ValueTask WriteAsync(
        HostOffset at, GuestWriteBuffer source, Task earlier, CancellationToken cancellation)
    {
        earlier.ContinueWith(_ => storage.WriteAsync(at, source, cancellation).AsTask(), cancellation); // expect: BG3004
        return ValueTask.CompletedTask;
    }
}
