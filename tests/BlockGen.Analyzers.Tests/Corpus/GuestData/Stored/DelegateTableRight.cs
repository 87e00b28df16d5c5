internal sealed class Keeper(IStorage storage)
{
    private static readonly Dictionary<string, Func<ReadOnlyMemory<byte>, byte[]>> Ways = new()
    {
        ["copy"] = memory => memory.ToArray(),
        ["none"] = _ => [],
    };

    public async ValueTask ReadAsync(
        HostOffset at, GuestReadBuffer target, string way, CancellationToken cancellation)
    {
        byte[] host = new byte[target.Length];
        await storage.ReadAsync(at, host, cancellation);
        target.Fill(host);
        await storage.WriteAsync(at, Ways[way](host), cancellation);
    }
}
