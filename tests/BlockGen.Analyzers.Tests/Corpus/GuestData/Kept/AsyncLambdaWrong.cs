internal sealed class Backend(IStorage storage)
{
    private readonly List<Func<Task>> _later = [];

    public void Write(HostOffset at, GuestWriteBuffer source, CancellationToken cancellation)
    {
        _later.Add(async () => await storage.WriteAsync(at, source, cancellation)); // expect: BG3004
    }

    public Task RunAsync() => Task.WhenAll(_later.Select(write => write()));
}
