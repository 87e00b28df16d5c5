internal enum Way
{
    Plain,
    Twice,
}

internal sealed class Keeper(IStorage storage)
{
    [ReviewedGuestAccess("copied in one of two ways")]
    public async ValueTask ReadAsync(HostOffset at, GuestReadBuffer target, Way way, CancellationToken cancellation)
    {
        await storage.ReadAsync(at, target, cancellation);
        byte[] bytes = way switch
        {
            Way.Plain => [],
            Way.Twice when target.Length > 512 => target.DangerousGetMemory().Slice(512).ToArray(),
            _ => throw new NotSupportedException(),
        };
        await storage.WriteAsync(at, bytes, cancellation); // expect: BG3001
    }
}
