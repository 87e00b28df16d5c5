internal sealed class Backend(BouncePool pool, IStorage storage)
{
    public async ValueTask UseAsync(HostOffset at, int kind, CancellationToken cancellation)
    {
        if (pool.TryRent(512) is not { } bounce)
        {
            return;
        }

        using (bounce)
        {
            int length = kind switch
            {
                0 => 256,
                1 => 512,
                _ => throw new NotSupportedException(),
            };
            await storage.ReadAsync(at, bounce.Memory[..length], cancellation);
        }
    }
}
