internal sealed class Reader(IStorage storage)
{
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, CancellationToken cancellation)
    {
        Func<ValueTask> read = () => storage.ReadAsync(at, target, cancellation);
        await read();
    }
}
