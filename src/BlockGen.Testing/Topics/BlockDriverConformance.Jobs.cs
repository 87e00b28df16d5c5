namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    private const int LongRequest = 128 << 10;

    private static StreamOptions StreamingOptions(ErrorPolicy onError = ErrorPolicy.Report) =>
        new() { MaxCopies = 16, MaxChunkBytes = 256 << 10, OnError = onError };

    /// <summary>Faults for the copies alone: guests' requests are shorter.</summary>
    private static FaultRule OnLong(StorageOperation operation, FaultRule rule) =>
        request => request.Operation == operation && request.Range.Length >= LongRequest ? rule(request) : null;

    /// <summary>Returns when the job has come so far, or is over.</summary>
    private static async Task ProgressAsync(CopyJob job, double fraction)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs arguments)
        {
            if (job.Progress.Offset >= job.Progress.Total * fraction)
            {
                reached.TrySetResult();
            }
        }

        job.Changed += Look;
        Look(job, EventArgs.Empty);
        await Task.WhenAny(reached.Task, job.Completion).ConfigureAwait(false);
        job.Changed -= Look;
    }

    /// <summary>Resumes the job every time an error has paused it.</summary>
    private static async Task ResumeUntilDoneAsync(CopyJob job)
    {
        void Look(object? sender, EventArgs arguments)
        {
            if (job.State is JobState.Paused)
            {
                // Null when another copy's listener has resumed between the two looks.
                Assert.True(job.Error is null or IOException);
                job.Resume();
            }
        }

        job.Changed += Look;
        Look(job, EventArgs.Empty);
        await job.Completion.ConfigureAwait(false);
    }
}
