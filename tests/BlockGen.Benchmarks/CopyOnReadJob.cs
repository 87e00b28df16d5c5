using System.Diagnostics;
using BlockGen.Drivers.Qed;

namespace BlockGen.Benchmarks;

/// <summary>
/// Measures what a guest pays for a read that copy-on-read keeps, when keeping is five times as slow as reading.
/// </summary>
internal static class CopyOnReadJob
{
    private const int ReadBytes = 4096;
    private const int ReadCount = 100;
    private const ulong ClusterBytes = 64 << 10;

    /// <summary>Prints the median latency of a miss as a multiple of the backing's own.</summary>
    public static async Task<int> RunAsync(int milliseconds)
    {
        TimeSpan latency = TimeSpan.FromMilliseconds(milliseconds);
        ulong bytes = ReadCount * ClusterBytes;
        Image backing = await Images.SlowBaseAsync(bytes, latency);
        LatencyStorage target = new(new MemoryStorage(), new LatencyOptions { Write = latency * 5 });
        await using QedImage overlay = await Images.QedAsync(target, bytes, new OpenOptions { CopyOnRead = true });
        double plain = await MedianAsync(backing);
        overlay.AttachBacking(backing);
        double kept = await MedianAsync(overlay);
        Console.WriteLine($"{kept / plain:F3}");
        return 0;
    }

    private static async Task<double> MedianAsync(Image image)
    {
        byte[] buffer = new byte[ReadBytes];
        double[] times = new double[ReadCount];
        for (int i = 0; i < ReadCount; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await image.ReadAsync(new GuestOffset((ulong)i * ClusterBytes), buffer, CancellationToken.None);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[ReadCount / 2];
    }
}
