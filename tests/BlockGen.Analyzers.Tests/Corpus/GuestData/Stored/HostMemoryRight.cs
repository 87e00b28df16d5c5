internal sealed class Table(IStorage storage)
{
    public async ValueTask MoveAsync(HostOffset from, HostOffset to, CancellationToken cancellation)
    {
        byte[] page = new byte[4096];
        await storage.ReadAsync(from, page, cancellation);
        GuestReadBuffer same = page;
        await storage.ReadAsync(from, same, cancellation);
        page[0] ^= 1;
        Array.Reverse(page, 16, 16);
        await storage.WriteAsync(to, page, cancellation);
    }
}
