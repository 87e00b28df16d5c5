using System.Diagnostics;
using BlockGen.Drivers.Qed;

namespace BlockGen.Benchmarks;

/// <summary>
/// Measures how much more two threads do than one on the same image in memory, all of it mapped, and on the memory
/// itself: that is as far as two threads get on a machine with other things to do.
/// </summary>
internal static class ScalingJob
{
    private const int RequestBytes = 4096;
    private const int RequestCount = 400_000;
    private const int Rounds = 15;
    private const ulong DiskBytes = 8 << 20;
    private const ulong PartBytes = DiskBytes / 2;

    /// <summary>
    /// Prints the medians of how many times as many requests two threads finish in the same time, on the image and on
    /// the memory.
    /// </summary>
    public static async Task<int> RunAsync(bool areWrites)
    {
        MemoryStorage memory = new();
        await using QedImage image = await Images.QedAsync(new MemoryStorage(), DiskBytes);
        await image.WriteAsync(new GuestOffset(0), new byte[DiskBytes], CancellationToken.None);
        await memory.WriteAsync(new HostOffset(0), new byte[DiskBytes], CancellationToken.None);
        Request onImage = areWrites
            ? (offset, buffer) => image.WriteAsync(new GuestOffset(offset), buffer, CancellationToken.None)
            : (offset, buffer) => image.ReadAsync(new GuestOffset(offset), buffer, CancellationToken.None);
        Request onMemory = areWrites
            ? (offset, buffer) => memory.WriteAsync(new HostOffset(offset), buffer, CancellationToken.None)
            : (offset, buffer) => memory.ReadAsync(new HostOffset(offset), buffer, CancellationToken.None);

        double[] imageScaling = new double[Rounds];
        double[] memoryScaling = new double[Rounds];
        for (int round = -1; round < Rounds; round++)
        {
            // The first round compiles.
            imageScaling[Math.Max(round, 0)] = Scaling(onImage);
            memoryScaling[Math.Max(round, 0)] = Scaling(onMemory);
        }

        Array.Sort(imageScaling);
        Array.Sort(memoryScaling);
        Console.WriteLine($"{imageScaling[Rounds / 2]:F2} {memoryScaling[Rounds / 2]:F2}");
        return 0;
    }

    private static double Scaling(Request request) => 2 * Seconds(request, 1) / Seconds(request, 2);

    /// <summary>Seconds until every thread has done its requests, each in a part of the disk of its own.</summary>
    private static double Seconds(Request request, int threadCount)
    {
        using Barrier start = new(threadCount + 1);
        Thread[] threads = new Thread[threadCount];
        for (int index = 0; index < threadCount; index++)
        {
            ulong part = (ulong)index * PartBytes;
            threads[index] = new Thread(() =>
            {
                byte[] buffer = new byte[RequestBytes];
                start.SignalAndWait();
                RequestAsync(request, part, buffer).GetAwaiter().GetResult();
            });
            threads[index].Start();
        }

        start.SignalAndWait();
        long began = Stopwatch.GetTimestamp();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task RequestAsync(Request request, ulong part, byte[] buffer)
    {
        for (ulong done = 0; done < RequestCount; done++)
        {
            await request(part + done * RequestBytes % PartBytes, buffer);
        }
    }

    private delegate ValueTask Request(ulong offset, byte[] buffer);
}
