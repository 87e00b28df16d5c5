using System.Runtime.ExceptionServices;

namespace BlockGen.Concurrency.Tests.Support;

/// <summary>Who is at work at the same time.</summary>
internal static class Actors
{
    /// <summary>Starts them all and returns when all are done; throws what the first of them threw.</summary>
    public static async Task RunAsync(IEnumerable<Func<Task>> actors)
    {
        Task[] tasks = [.. actors.Select(actor => Task.Run(actor))];

        // One after the other: a task of several would be completed out of the explorer's sight.
        ExceptionDispatchInfo? first = null;
        foreach (Task task in tasks)
        {
            try
            {
                await task.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                first ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        first?.Throw();
    }

    public static Task RunAsync(params Func<Task>[] actors) => RunAsync(actors.AsEnumerable());
}
