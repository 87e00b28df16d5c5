internal sealed class Backend(IStorage storage)
{
    private Task _last = Task.CompletedTask;

    public void Write(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        _last = storage.WriteAsync(at, source, cancellation).AsTask(); // expect: BG3004
    }

    public Task LastAsync() => _last;
}
