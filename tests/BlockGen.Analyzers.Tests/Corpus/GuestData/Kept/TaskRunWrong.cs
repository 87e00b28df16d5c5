internal sealed class Backend(IStorage storage)
{
    public void Read(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Task.Run(() => storage.ReadAsync(at, target, cancellation).AsTask()); // expect: BG3004
    }
}
