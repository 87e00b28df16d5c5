internal sealed class Reader(IStorage storage)
{
    public async ValueTask ReadAsync(GuestOffset at, byte[] cluster, CancellationToken cancellation)
    {
        ulong place = at.Value + 65536;
        HostOffset host = new(place); // expect: BG2050
        await storage.ReadAsync(host, cluster, cancellation);
    }
}
