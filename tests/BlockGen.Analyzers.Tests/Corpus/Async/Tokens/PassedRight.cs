internal sealed class Writer(IStorage storage) : IAsyncDisposable
{
    public async ValueTask StoreAsync(HostOffset at, byte[] record, CancellationToken cancellation)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await storage.WriteAsync(at, record, either.Token);
        }
        catch (IOException)
        {
            await storage.WriteZeroesAsync(new HostRange(at, (ulong)record.Length), ZeroMode.MayUnmap, CancellationToken.None);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await storage.FlushAsync(CancellationToken.None);
}
