internal static class Use
{
    public static async ValueTask<StorageExtent> MapAsync(
        IStorage storage, HostRange range, bool isLate, CancellationToken cancellation)
    {
        ValueTask<StorageExtent> map = storage.MapAsync(range, cancellation);
        if (map.IsCompletedSuccessfully)
        {
            return map.Result;
        }

        if (isLate)
        {
            return map.Result; // expect: BG4001
        }

        return await map;
    }
}
