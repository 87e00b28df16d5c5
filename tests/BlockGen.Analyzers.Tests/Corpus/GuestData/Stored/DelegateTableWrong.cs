internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied by one of the ways")]
    public async ValueTask KeepAsync(
        HostOffset at, GuestReadBuffer target, string way, CancellationToken cancellation)
    {
        Dictionary<string, Func<Memory<byte>, byte[]>> ways = new()
        {
            ["copy"] = memory => memory.ToArray(),
            ["none"] = _ => [],
        };
        byte[] bytes = ways[way](target.DangerousGetMemory());
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
