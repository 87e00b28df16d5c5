using System.Diagnostics;
using BlockGen.Drivers.Qed;

namespace BlockGen.Benchmarks;

/// <summary>Streams whole images and prints how fast.</summary>
internal static class StreamJobs
{
    /// <summary>Prints MiB/s from a base whose every read takes so long.</summary>
    public static async Task<int> LatencyAsync(int mebibytes, int milliseconds)
    {
        ulong bytes = (ulong)mebibytes << 20;
        await using QedImage overlay = await Images.QedAsync(new MemoryStorage(), bytes);
        overlay.AttachBacking(await Images.SlowBaseAsync(bytes, TimeSpan.FromMilliseconds(milliseconds)));
        long start = Stopwatch.GetTimestamp();
        await overlay.StreamAsync(new StreamOptions(), CancellationToken.None);
        Console.WriteLine($"{mebibytes / Stopwatch.GetElapsedTime(start).TotalSeconds:F1}");
        return 0;
    }

    /// <summary>Prints the seconds that an overlay over nothing takes.</summary>
    public static async Task<int> EmptyAsync(ulong gibibytes)
    {
        ulong bytes = gibibytes << 30;
        await using QedImage overlay = await Images.QedAsync(new MemoryStorage(), bytes);
        overlay.AttachBacking(await Images.QedAsync(new MemoryStorage(), bytes));
        long start = Stopwatch.GetTimestamp();
        await overlay.StreamAsync(new StreamOptions(), CancellationToken.None);
        Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F4}");
        return 0;
    }
}
