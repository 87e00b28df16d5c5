namespace BlockGen.Concurrency.Control;

/// <summary>What the explorer cannot see of tasks, said with what it can.</summary>
[StandsFor(typeof(Task))]
public static class ControlledTask
{
    public static async Task WaitAsync(Task task, CancellationToken cancellation)
    {
        await FinishOrCancelAsync(task, cancellation).ConfigureAwait(false);
        await task.ConfigureAwait(false);
    }

    public static async Task WaitAsync(Task task, TimeSpan timeout)
    {
        TaskCompletionSource first = new();
        _ = TellAsync(task, first);
        _ = TellAsync(Task.Delay(timeout), first);
        await first.Task.ConfigureAwait(false);
        if (!task.IsCompleted)
        {
            throw new TimeoutException();
        }

        await task.ConfigureAwait(false);
    }

    /// <summary>What is to be configured in the usual way.</summary>
    public static Task ConfigureAwait(Task task, ConfigureAwaitOptions options) =>
        (options & ConfigureAwaitOptions.SuppressThrowing) != 0 ? SwallowAsync(task) : task;

    /// <summary>Returns when the task has ended, however; throws when the cancellation comes first.</summary>
    internal static async Task FinishOrCancelAsync(Task task, CancellationToken cancellation)
    {
        if (task.IsCompleted || !cancellation.CanBeCanceled)
        {
            return;
        }

        TaskCompletionSource first = new();
        CancellationTokenRegistration registration = cancellation.Register(() => first.TrySetResult());
        _ = TellAsync(task, first);
        await first.Task.ConfigureAwait(false);
        registration.Unregister();
        if (!task.IsCompleted)
        {
            throw new TaskCanceledException(null, null, cancellation);
        }
    }

    // In place of Task.WhenAny, which tasks tell on a thread of the pool, unseen, when they say that they run their
    // continuations asynchronously.
    private static async Task TellAsync(Task task, TaskCompletionSource first)
    {
        await SwallowAsync(task).ConfigureAwait(false);
        first.TrySetResult();
    }

    private static async Task SwallowAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whoever asked for this looks at the task itself.
        }
    }
}

/// <summary>As <see cref="ControlledTask"/>, for tasks with a result.</summary>
[StandsFor(typeof(Task<>))]
public static class ControlledTaskWithResult
{
    public static async Task<T> WaitAsync<T>(Task<T> task, CancellationToken cancellation)
    {
        await ControlledTask.FinishOrCancelAsync(task, cancellation).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }
}
