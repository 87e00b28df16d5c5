namespace BlockGen.Cli;

/// <summary>Waits for a copy job, showing its progress as qemu-img does.</summary>
internal static class JobRun
{
    /// <summary>Returns when the job has succeeded; its error is thrown.</summary>
    public static async ValueTask FinishAsync(CopyJob job, ProgressText progress, CancellationToken interruption)
    {
        progress.Show(0);
        job.Changed += (_, _) => progress.Show(job.Progress);
        await using (interruption.Register(job.Cancel))
        {
            await job.Completion;
        }

        progress.Show(100);
        progress.End();
    }
}
