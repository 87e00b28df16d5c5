internal sealed class Journal(IStorage storage)
{
    private readonly List<Task> _writes = [];

    public void Add(HostOffset at, byte[] record, CancellationToken cancellation)
    {
        Task write = storage.WriteAsync(at, record, cancellation).AsTask();
        _writes.Add(write);
        write.Wait(cancellation); // expect: BG4001
    }

    public void Close() => Task.WaitAll(_writes.ToArray()); // expect: BG4001
}
