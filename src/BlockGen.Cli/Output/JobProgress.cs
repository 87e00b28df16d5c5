using Spectre.Console;

namespace BlockGen.Cli;

/// <summary>
/// Shows how far a job has come until it is over: a bar on a terminal, a line now and then elsewhere.
/// </summary>
internal static class JobProgress
{
    private const int LineEveryPercent = 10;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the job is over, however it ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="screen">Where to.</param>
    /// <param name="title">What the job does, in a word or two.</param>
    /// <param name="detail">More to show beside the numbers; null for nothing.</param>
    public static Task WatchAsync(CopyJob job, Screen screen, string title, Func<string>? detail = null) =>
        screen.IsTerminal ? ShowBarAsync(job, screen, title, detail) : ShowLinesAsync(job, screen, title, detail);

    private static async Task ShowBarAsync(CopyJob job, Screen screen, string title, Func<string>? detail)
    {
        Progress bar = screen.Ansi.Progress().Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn());
        await bar.StartAsync(async context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 100);
            while (!job.Completion.IsCompleted)
            {
                Update(task);
                await Task.WhenAny(job.Completion, Task.Delay(Refresh));
            }

            Update(task);
        });

        void Update(ProgressTask task)
        {
            task.Value = Percent(job.Progress);
            string more = detail is null ? "" : $", {detail()}";
            task.Description = Markup.Escape($"{title}: {SizeText.Format(job.Progress.CopiedBytes)} copied{more}");
        }
    }

    private static async Task ShowLinesAsync(CopyJob job, Screen screen, string title, Func<string>? detail)
    {
        int next = LineEveryPercent;
        while (!job.Completion.IsCompleted)
        {
            await Task.WhenAny(job.Completion, Task.Delay(Refresh));
            double percent = Percent(job.Progress);
            if (percent < next)
            {
                continue;
            }

            next = ((int)percent / LineEveryPercent + 1) * LineEveryPercent;
            string more = detail is null ? "" : $", {detail()}";
            screen.Line($"  {title}: {percent,3:0} %, {SizeText.Format(job.Progress.CopiedBytes)} copied{more}");
        }
    }

    private static double Percent(CopyProgress progress) =>
        progress.Total == 0 ? 100 : progress.Offset * 100.0 / progress.Total;
}
