internal sealed class Writer(IStorage storage)
{
    public async ValueTask StoreAsync(HostOffset at, byte[] record, CancellationToken cancellation)
    {
        await storage.WriteAsync(at, record, cancellation);
        await storage.FlushAsync(CancellationToken.None); // expect: BG4002
    }
}
