using System.Diagnostics;

namespace BlockGen.Cli;

/// <summary>Streams the tour's overlay under load: once until half-way, then to the end.</summary>
internal sealed class TourStream(Image overlay, TourDisk disk, TourPlan plan, Screen screen)
{
    // Few and short copies: the guests' own reads queue behind them on the way to the base.
    private static readonly StreamOptions Options = new() { MaxCopies = 4, MaxChunkBytes = 256 << 10 };

    private readonly Stopwatch _watch = new();
    private ulong _copiedBytes;

    public GuestCounts Counts { get; } = new();

    public async ValueTask RunAsync(CancellationToken cancellation)
    {
        _watch.Start();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] guests = [.. Enumerable.Range(0, plan.Guests).Select(number => Task.Run(
            () => new TourGuest(overlay, disk, number, plan.Seed, Counts).WorkAsync(stop.Token),
            CancellationToken.None))];
        try
        {
            await StreamHalfAsync(cancellation);
            await StreamToEndAsync(cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(guests);
        }

        await overlay.FlushAsync(cancellation);
        _watch.Stop();
    }

    /// <summary>Tells what has happened.</summary>
    public void Report()
    {
        screen.Line($"   copied    {SizeText.Format(_copiedBytes)} in {_watch.Elapsed.TotalSeconds:0.0} s");
        screen.Line(
            $"   guests    {Counts.Writes} writes, {Counts.Reads} reads, "
            + $"{Counts.Scribbles} of them scribbled on before and after they completed");
        CopyOnReadStatistics kept = overlay.CopyOnReadStatistics;
        screen.Line($"   on read   {kept.Kept} reads kept, {kept.Dropped} not kept, {kept.Failed} failed to be kept");
    }

    private async ValueTask StreamHalfAsync(CancellationToken cancellation)
    {
        StreamJob job = overlay.StartStream(Options);
        job.Changed += (_, _) =>
        {
            if (job.Progress.Offset * 2 >= job.Progress.Total)
            {
                job.Cancel();
            }
        };
        await WatchAsync(job, "stream", cancellation);
        if (!job.Completion.IsCanceled)
        {
            await job.Completion;
        }

        string done = SizeText.Format(job.Progress.Offset);
        screen.Line($"   cancelled at {done}: what is allocated is done, the rest is as before");
    }

    private async ValueTask StreamToEndAsync(CancellationToken cancellation)
    {
        StreamJob job = overlay.StartStream(Options);
        await WatchAsync(job, "stream again", cancellation);
        await job.Completion;
    }

    private async ValueTask WatchAsync(StreamJob job, string title, CancellationToken cancellation)
    {
        await using (cancellation.Register(job.Cancel))
        {
            string Detail() => $"{Counts.Writes} guest writes, {Counts.Reads} reads";
            await JobProgress.WatchAsync(job, screen, $" {title}", Detail);
            await job.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _copiedBytes += job.Progress.CopiedBytes;
        cancellation.ThrowIfCancellationRequested();
    }
}
