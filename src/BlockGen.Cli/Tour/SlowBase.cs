namespace BlockGen.Cli;

/// <summary>The base image's storage, far away: each read takes 2 to 20 ms, and all share a line.</summary>
internal static class SlowBase
{
    public const int LeastMilliseconds = 2;
    public const int MostMilliseconds = 20;
    public const ulong UsualBytesPerSecond = 12 << 20;

    /// <summary>Puts the distance in front of a storage.</summary>
    public static IStorage Simulate(IStorage storage, int seed, ulong bytesPerSecond) => new LatencyStorage(
        new FaultStorage(storage, request => Wait(request, seed)),
        new LatencyOptions
        {
            Read = TimeSpan.FromMilliseconds(LeastMilliseconds),
            BytesPerSecond = bytesPerSecond,
        });

    private static Fault? Wait(StorageRequest request, int seed)
    {
        if (request.Operation is not StorageOperation.Read)
        {
            return null;
        }

        int draw = unchecked(seed * 31 + (int)request.Ordinal);
        int milliseconds = new Random(draw).Next(MostMilliseconds - LeastMilliseconds + 1);
        return milliseconds > 0 ? Fault.HangFor(TimeSpan.FromMilliseconds(milliseconds)) : null;
    }
}
