internal sealed class Reader(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Func<int, Task> part = start =>
            storage.ReadAsync(at + (ulong)(uint)start, target.Slice(start, 512), cancellation).AsTask();
        await Task.WhenAll(Enumerable.Range(0, target.Length / 512).Select(index => part(index * 512)));
    }
}
