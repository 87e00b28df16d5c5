internal static class Use
{
    public static ValueTask<StorageExtent> MapAsync(IStorage storage, HostRange range, CancellationToken cancellation)
    {
        ValueTask<StorageExtent> map = storage.MapAsync(range, cancellation);
        return map.IsCompletedSuccessfully ? ValueTask.FromResult(map.Result) : WaitAsync(map);
    }

    public static async ValueTask<ulong> BothAsync(
        IStorage first, IStorage second, HostRange range, CancellationToken cancellation)
    {
        Task<StorageExtent> left = first.MapAsync(range, cancellation).AsTask();
        Task<StorageExtent> right = second.MapAsync(range, cancellation).AsTask();
        await Task.WhenAll(left, right);
        return left.Result.Length + right.Result.Length;
    }

    private static async ValueTask<StorageExtent> WaitAsync(ValueTask<StorageExtent> map) => await map;
}
