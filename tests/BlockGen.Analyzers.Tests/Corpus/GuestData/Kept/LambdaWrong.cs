internal sealed class Backend(IStorage storage)
{
    public void Write(HostOffset at, GuestWriteBuffer source)
    {
        ThreadPool.QueueUserWorkItem(_ => Store(at, source)); // expect: BG3004
    }

    private void Store(HostOffset at, GuestWriteBuffer source)
    {
        ValueTask write = storage.WriteAsync(at, source, CancellationToken.None);
        write.AsTask().Wait(); // expect: BG4001
    }
}
