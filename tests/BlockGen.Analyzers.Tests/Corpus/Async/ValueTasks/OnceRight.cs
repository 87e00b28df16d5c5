internal static class Use
{
    public static async Task BranchesAsync(IStorage storage, bool isEager, CancellationToken cancellation)
    {
        ValueTask flush = storage.FlushAsync(cancellation);
        if (isEager)
        {
            await flush;
            return;
        }

        await flush.AsTask();
    }

    public static async Task LoopAsync(IStorage storage, int count, CancellationToken cancellation)
    {
        ValueTask flush = ValueTask.CompletedTask;
        for (int i = 0; i < count; i++)
        {
            await flush;
            flush = storage.FlushAsync(cancellation);
        }

        await flush;
    }

    public static ValueTask FastAsync(IStorage storage, CancellationToken cancellation)
    {
        ValueTask flush = storage.FlushAsync(cancellation);
        return flush.IsCompletedSuccessfully ? flush : SlowAsync(flush);
    }

    public static async Task PreservedAsync(IStorage storage, CancellationToken cancellation)
    {
        ValueTask flush = storage.FlushAsync(cancellation).Preserve();
        await flush;
        await flush;
    }

    private static async ValueTask SlowAsync(ValueTask flush) => await flush;
}
