internal static class Use
{
    public static async ValueTask<ulong> FindAsync(
        IStorage storage, HostRange range, bool isEager, CancellationToken cancellation)
    {
        ValueTask<StorageExtent> map = storage.MapAsync(range, cancellation);
        ulong first = 0;
        if (isEager)
        {
            first = (await map).Length;
        }

        Task<StorageExtent> late = map.AsTask(); // expect: BG4004
        return first + (await late).Length;
    }

    public static ValueTask ReturnedAsync(IStorage storage, List<ValueTask> all, CancellationToken cancellation)
    {
        ValueTask flush = storage.FlushAsync(cancellation);
        all.Add(flush);
        return flush; // expect: BG4004
    }
}
