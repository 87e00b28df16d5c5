using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Work in the background that clients watch and steer. Changed by whoever has the <see cref="Turn"/>.</summary>
internal abstract class Job(JobSettings settings, StorageDaemon daemon)
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _finalized = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => settings.Id;

    public string Type => settings.Type;

    public JobSettings Settings => settings;

    public JobStatus Status { get; private set; } = JobStatus.Created;

    /// <summary>What it failed with; null when it did not.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether a client, or an error, has paused it.</summary>
    public bool IsUserPaused { get; protected set; }

    /// <summary>Guest bytes dealt with, and in all.</summary>
    public abstract (ulong Done, ulong Total) Progress { get; }

    /// <summary>Done when it is over.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    protected StorageDaemon Daemon => daemon;

    /// <summary>Begins it. What cannot begin throws, and is gone.</summary>
    public async ValueTask StartAsync()
    {
        Tell();
        Task work;
        try
        {
            work = await BeginAsync(_cancel.Token).ConfigureAwait(false);
        }
        catch
        {
            SetStatus(JobStatus.Null);
            throw;
        }

        foreach (Node node in settings.Nodes)
        {
            node.BusyWith = Type;
        }

        SetStatus(JobStatus.Running);
        Ended = Task.Run(() => WatchAsync(work));
    }

    /// <summary>Asks it to end as soon as it can.</summary>
    public virtual void Cancel()
    {
        JobVerbs.Require(this, "cancel");
        _ = _cancel.CancelAsync();
    }

    public void Finish()
    {
        JobVerbs.Require(this, "finalize");
        _finalized.TrySetResult();
    }

    public void Dismiss()
    {
        JobVerbs.Require(this, "dismiss");
        Disappear();
    }

    public abstract void Pause();

    public abstract void Resume();

    public virtual void Complete() => JobVerbs.Require(this, "complete");

    public JsonObject ToJson()
    {
        JsonObject info = new()
        {
            ["id"] = Id,
            ["type"] = Type,
            ["status"] = Status.Word,
            ["current-progress"] = Progress.Done,
            ["total-progress"] = Progress.Total,
        };
        if (Error is not null)
        {
            info["error"] = Error;
        }

        return info;
    }

    /// <summary>Starts the work; what is returned waits for its end. Called in somebody's turn, which ends before the work needs its own.</summary>
    protected abstract ValueTask<Task> BeginAsync(CancellationToken cancellation);

    /// <summary>What is done with the nodes afterwards, before anybody is told.</summary>
    protected virtual ValueTask LeaveAsync(bool hasSucceeded) => ValueTask.CompletedTask;

    /// <summary>What block jobs tell in addition.</summary>
    protected virtual void TellPending()
    {
    }

    /// <summary>What block jobs tell in addition.</summary>
    protected virtual void TellEnd(bool isCancelled, Exception? failure)
    {
    }

    /// <summary>Called by the work when all that is left is to change what guests see.</summary>
    protected async Task BeforeFinishAsync(CancellationToken cancellation)
    {
        using (await daemon.Turn.EnterAsync(cancellation).ConfigureAwait(false))
        {
            SetStatus(JobStatus.Waiting);
            SetStatus(JobStatus.Pending);
            if (settings.FinalizesItself)
            {
                return;
            }

            TellPending();
        }

        await _finalized.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    protected void SetStatus(JobStatus status)
    {
        if (Status != status)
        {
            Status = status;
            Tell();
        }
    }

    private async Task WatchAsync(Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using (await daemon.Turn.EnterAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await EndAsync(work).ConfigureAwait(false);
        }
    }

    private async ValueTask EndAsync(Task work)
    {
        Exception? failure = work.Exception?.GetBaseException();
        bool isCancelled = work.IsCanceled;
        foreach (Node node in settings.Nodes)
        {
            node.BusyWith = null;
        }

        try
        {
            await LeaveAsync(work.IsCompletedSuccessfully).ConfigureAwait(false);
            await daemon.Graph.SweepAsync().ConfigureAwait(false);
        }
        catch (Exception unflushed) when (QmpException.IsFailure(unflushed))
        {
            failure ??= unflushed;
        }

        if (isCancelled || failure is not null)
        {
            Error = isCancelled ? "Operation canceled" : failure!.Message;
            SetStatus(JobStatus.Aborting);
        }

        TellEnd(isCancelled, failure);
        SetStatus(JobStatus.Concluded);
        if (settings.DismissesItself)
        {
            Disappear();
        }
    }

    private void Disappear()
    {
        SetStatus(JobStatus.Null);
        daemon.Jobs.Remove(this);
        _cancel.Dispose();
    }

    private void Tell() => daemon.Events.Send(
        JobEvents.StatusChange, new JsonObject { ["status"] = Status.Word, ["id"] = Id });
}
