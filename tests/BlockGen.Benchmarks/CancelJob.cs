using System.Diagnostics;
using BlockGen.Drivers.Qed;
using BlockGen.Drivers.Raw;

namespace BlockGen.Benchmarks;

/// <summary>Measures how long a stream takes to end when it is cancelled while no read of its base ever answers.</summary>
internal static class CancelJob
{
    private const ulong Bytes = 64 << 20;

    /// <summary>Prints the longest cancellation in milliseconds.</summary>
    public static async Task<int> RunAsync(int runs)
    {
        double longest = 0;
        for (int run = 0; run < runs; run++)
        {
            longest = Math.Max(longest, await CancelOneAsync());
        }

        Console.WriteLine($"{longest:F1}");
        return 0;
    }

    private static async Task<double> CancelOneAsync()
    {
        MemoryStorage memory = new();
        await memory.SetLengthAsync(Bytes, CancellationToken.None);
        await memory.WriteAsync(new HostOffset(0), new byte[Bytes], CancellationToken.None);
        DeafStorage deaf = new(memory);
        QedImage overlay = await Images.QedAsync(new MemoryStorage(), Bytes);
        overlay.AttachBacking(await RawImage.OpenAsync(deaf, new OpenOptions { ReadOnly = true }, CancellationToken.None));
        StreamJob job = overlay.StartStream(new StreamOptions());
        await deaf.Reached;

        long start = Stopwatch.GetTimestamp();
        await job.CancelAsync();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        deaf.Release();
        await overlay.DisposeAsync();
        return milliseconds;
    }

    /// <summary>A storage whose reads hang whatever is cancelled, until they are released.</summary>
    private sealed class DeafStorage(IStorage inner) : StorageFilter(inner)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Release() => _released.TrySetResult();

        public override async ValueTask ReadAsync(
            HostOffset offset, GuestReadBuffer target, CancellationToken cancellation)
        {
            _reached.TrySetResult();
            await _released.Task;
            await base.ReadAsync(offset, target, CancellationToken.None);
        }
    }
}
