using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>A job that copies between layers or images.</summary>
/// <param name="settings">What it is started with.</param>
/// <param name="daemon">Where.</param>
/// <param name="start">Starts the copy.</param>
internal sealed class BlockJob(JobSettings settings, StorageDaemon daemon, Func<BlockJobHooks, ValueTask<CopyJob>> start)
    : Job(settings, daemon)
{
    private CopyJob? _copy;
    private bool _exchanges;
    private string _inputOutputStatus = "ok";
    private ulong _speedBytesPerSecond = settings.SpeedBytesPerSecond;

    public override (ulong Done, ulong Total) Progress =>
        _copy is { } copy ? (copy.Progress.Offset, copy.Progress.Total) : (0, 0);

    /// <summary>Called once guests use another node because of it.</summary>
    public Func<ValueTask>? Exchanged { get; init; }

    /// <summary>Called when it is over, and guests use the node that they used before.</summary>
    public Func<ValueTask>? Left { get; init; }

    /// <summary>Bytes in a second at most; 0 for as many as there are.</summary>
    public ulong SpeedBytesPerSecond
    {
        get => _speedBytesPerSecond;
        set
        {
            JobVerbs.Require(this, "set-speed");
            _speedBytesPerSecond = value;
            _copy?.SpeedBytesPerSecond = value;
        }
    }

    public override void Cancel()
    {
        base.Cancel();
        _copy?.Cancel();
    }

    public override void Pause()
    {
        JobVerbs.Require(this, "pause");
        if (IsUserPaused)
        {
            throw new QmpException("Job is already paused");
        }

        IsUserPaused = true;
        _ = RestAsync(_copy!);
    }

    public override void Resume()
    {
        JobVerbs.Require(this, "resume");
        if (!IsUserPaused)
        {
            throw new QmpException("Can't resume a job that was not paused");
        }

        IsUserPaused = false;
        _inputOutputStatus = "ok";
        _copy!.Resume();
        SetStatus(Status is JobStatus.Standby ? JobStatus.Ready : JobStatus.Running);
    }

    public override void Complete()
    {
        base.Complete();
        _exchanges = true;
        (_copy as MirrorJob)?.Complete(exchanges: true);
    }

    /// <summary>Ends it as a success that changes nothing for guests, when it is ready; cancels it otherwise.</summary>
    public void CancelGently()
    {
        JobVerbs.Require(this, "cancel");
        if (Status is JobStatus.Ready && _copy is MirrorJob mirror)
        {
            mirror.Complete(exchanges: false);
            return;
        }

        Cancel();
    }

    /// <summary>What <c>query-block-jobs</c> tells.</summary>
    public JsonObject ToBlockJobJson()
    {
        JsonObject info = new()
        {
            ["type"] = Type,
            ["device"] = Id,
            ["len"] = Progress.Total,
            ["offset"] = Progress.Done,
            ["busy"] = Status is JobStatus.Running && _copy is { CopiesInFlight: > 0 },
            ["paused"] = IsUserPaused,
            ["speed"] = SpeedBytesPerSecond,
            ["io-status"] = _inputOutputStatus,
            ["ready"] = Status is JobStatus.Ready or JobStatus.Standby,
            ["status"] = Status.Word,
            ["auto-finalize"] = Settings.FinalizesItself,
            ["auto-dismiss"] = Settings.DismissesItself,
        };
        if (Error is not null)
        {
            info["error"] = Error;
        }

        return info;
    }

    protected override async ValueTask<Task> BeginAsync(CancellationToken cancellation)
    {
        _copy = await start(new BlockJobHooks(BeforeFinishAsync, OnFault, () => _ = BecomeReadyAsync(), Settings))
            .ConfigureAwait(false);
        return _copy.Completion;
    }

    protected override ValueTask LeaveAsync(bool hasSucceeded) =>
        (hasSucceeded && _exchanges ? Exchanged : Left)?.Invoke() ?? ValueTask.CompletedTask;

    protected override void TellPending() =>
        Daemon.Events.Send(JobEvents.Pending, new JsonObject { ["type"] = Type, ["id"] = Id });

    protected override void TellEnd(bool isCancelled, Exception? failure)
    {
        JsonObject data = Describe();
        if (isCancelled)
        {
            Daemon.Events.Send(JobEvents.Cancelled, data);
            return;
        }

        if (failure is not null)
        {
            data["error"] = failure.Message;
        }

        Daemon.Events.Send(JobEvents.Completed, data);
    }

    private async Task BecomeReadyAsync()
    {
        using (await Daemon.Turn.EnterAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (Status is JobStatus.Running or JobStatus.Paused)
            {
                SetStatus(Status is JobStatus.Running ? JobStatus.Ready : JobStatus.Standby);
                Daemon.Events.Send(JobEvents.Ready, Describe());
            }
        }
    }

    private async Task RestAsync(CopyJob copy)
    {
        await copy.PauseAsync().ConfigureAwait(false);
        using (await Daemon.Turn.EnterAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (IsUserPaused && Status is JobStatus.Running or JobStatus.Ready)
            {
                SetStatus(Status is JobStatus.Ready ? JobStatus.Standby : JobStatus.Paused);
            }
        }
    }

    private void OnFault(Exception failure, ErrorPolicy decision)
    {
        bool isFull = failure is IOException error && StorageErrors.IsNoSpace(error);
        string action = decision switch
        {
            ErrorPolicy.Ignore => "ignore",
            ErrorPolicy.Stop => "stop",
            _ => "report",
        };
        Daemon.Events.Send(JobEvents.Error, new JsonObject
        {
            ["device"] = Id,
            ["operation"] = isFull ? "write" : "read",
            ["action"] = action,
        });
        if (decision is ErrorPolicy.Stop)
        {
            _ = StopAsync(isFull ? "nospace" : "failed");
        }
    }

    private async Task StopAsync(string inputOutputStatus)
    {
        using (await Daemon.Turn.EnterAsync(CancellationToken.None).ConfigureAwait(false))
        {
            _inputOutputStatus = inputOutputStatus;
            if (!IsUserPaused && Status is JobStatus.Running or JobStatus.Ready)
            {
                IsUserPaused = true;
                SetStatus(Status is JobStatus.Ready ? JobStatus.Standby : JobStatus.Paused);
            }
        }
    }

    private JsonObject Describe() => new()
    {
        ["type"] = Type,
        ["device"] = Id,
        ["len"] = Progress.Total,
        ["offset"] = Progress.Done,
        ["speed"] = SpeedBytesPerSecond,
    };
}

/// <summary>What a copy is to be started with.</summary>
/// <param name="BeforeFinish">To be waited for before the copy changes what guests see.</param>
/// <param name="Faulted">To be told of errors.</param>
/// <param name="Ready">To be told that the job could be completed.</param>
/// <param name="Settings">Speed and error policy among them.</param>
internal sealed record BlockJobHooks(
    Func<CancellationToken, Task> BeforeFinish,
    Action<Exception, ErrorPolicy> Faulted,
    Action Ready,
    JobSettings Settings);
