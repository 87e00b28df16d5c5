internal static class Use
{
    public static async Task TwiceAsync(IStorage storage, CancellationToken cancellation)
    {
        ValueTask flush = storage.FlushAsync(cancellation);
        await flush;
        await flush; // expect: BG4004
    }

    public static async Task LoopAsync(IStorage storage, int count, CancellationToken cancellation)
    {
        ValueTask flush = storage.FlushAsync(cancellation);
        for (int i = 0; i < count; i++)
        {
            await flush.ConfigureAwait(false); // expect: BG4004
        }
    }
}
