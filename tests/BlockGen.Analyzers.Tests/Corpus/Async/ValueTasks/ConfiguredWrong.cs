internal sealed class Writer(IStorage storage)
{
    public async ValueTask WriteAsync(HostOffset at, byte[] bytes, CancellationToken cancellation)
    {
        ValueTask write = storage.WriteAsync(at, bytes, cancellation);
        await write.ConfigureAwait(false);
        await Task.WhenAll(Task.CompletedTask, write.AsTask()); // expect: BG4004
    }
}
