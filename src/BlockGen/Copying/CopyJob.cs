namespace BlockGen;

/// <summary>A copy at work in the background: can be paused, slowed down, watched and cancelled.</summary>
/// <remarks>Thread-safe.</remarks>
public abstract partial class CopyJob
{
    private readonly object _lock = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CopyEngine _engine;
    private readonly Func<CancellationToken, Task>? _beforeFinish;
    private JobState _state = JobState.Created; // guarded by _lock
    private Exception? _error; // guarded by _lock

    private protected CopyJob(Image image, ICopyPolicy policy, CopyTuning tuning, ChainCopyOptions options)
    {
        Image = image;
        _beforeFinish = options.BeforeFinish;
        _engine = new CopyEngine(policy, image.Bounce, tuning, options.Time)
        {
            Advanced = RaiseChanged,
            Stopped = error => SetPaused(true, error),
            Faulted = options.Faulted,
        };
        _engine.Speed.BytesPerSecond = options.SpeedBytesPerSecond;
    }

    /// <summary>
    /// Raised after the state or the progress has changed, on a thread of the job, which waits for the handlers. What a
    /// handler throws there ends the job: <see cref="Completion"/> has the error.
    /// </summary>
    public event EventHandler? Changed;

    /// <summary>The image that the job was started on: copied into, or by a commit copied from.</summary>
    public Image Image { get; }

    /// <summary>
    /// Done when the job is over: successfully, with its error, or cancelled. No copy is at work then, except those
    /// that hang in a storage after a cancellation or an error; these store nothing any more.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>Where it is.</summary>
    public JobState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>The error that has paused or ended the job; null when there is none.</summary>
    public Exception? Error
    {
        get
        {
            lock (_lock)
            {
                return _error;
            }
        }
    }

    /// <summary>How far it has come.</summary>
    public virtual CopyProgress Progress => _engine.Progress;

    /// <summary>Copies in flight now.</summary>
    public int CopiesInFlight => _engine.Gate.InFlight;

    /// <summary>
    /// Bytes copied in a second at most; 0 for as many as there are. May be changed at any time, and applies at once to
    /// copies that wait already.
    /// </summary>
    public ulong SpeedBytesPerSecond
    {
        get => _engine.Speed.BytesPerSecond;
        set => _engine.Speed.BytesPerSecond = value;
    }

    /// <summary>
    /// Lets no further copy begin, and returns when none is in flight. Does nothing to a job that is over.
    /// </summary>
    public async Task PauseAsync(CancellationToken cancellation = default)
    {
        _engine.Gate.IsPaused = true;
        await _engine.Gate.WhenIdleAsync(cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            // Somebody may have resumed it meanwhile.
            if (!_engine.Gate.IsPaused || !TrySetState(JobState.Paused, _error))
            {
                return;
            }
        }

        RaiseChanged();
    }

    /// <summary>Goes on after a pause; what an error has paused is tried again.</summary>
    public void Resume()
    {
        SetPaused(false, error: null);
    }

    /// <summary>Asks the job to end; see <see cref="CancelAsync"/>.</summary>
    public void Cancel()
    {
        try
        {
            ChangeState(JobState.Aborting, Error);
        }
        finally
        {
            _ = _cancel.CancelAsync();
        }
    }

    /// <summary>
    /// Ends the job and returns when it is over, within moments even while a storage hangs. What was copied stays. Once
    /// the job changes the backing link it is past cancelling, and ends successfully.
    /// </summary>
    public async Task CancelAsync()
    {
        Cancel();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    internal void Start()
    {
        ChangeState(JobState.Running, error: null);
        _ = Task.Run(RunAsync);
    }

    /// <summary>What must be there before the first copy.</summary>
    private protected virtual ValueTask PrepareAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    private protected void RequireBounceFor(ulong clusterBytes)
    {
        if (clusterBytes > Image.Bounce.CapacityBytes)
        {
            throw new ImageException(
                $"{Image.Storage.Name}: one cluster has {clusterBytes} bytes, "
                + $"its bounce memory only {Image.Bounce.CapacityBytes}");
        }
    }

    /// <summary>Copies until all that is left is to finish, or what guests change meanwhile.</summary>
    private protected virtual Task CopyAllAsync(CopyEngine engine, CancellationToken cancellation) =>
        engine.RunAsync(cancellation);

    /// <summary>Copies what is left just before the job finishes.</summary>
    private protected virtual Task CopyRestAsync(CopyEngine engine, CancellationToken cancellation) =>
        Task.CompletedTask;

    /// <summary>What is left to do once everything is copied.</summary>
    private protected abstract ValueTask FinishAsync(CancellationToken cancellation);

    private async Task RunAsync()
    {
        try
        {
            await PrepareAsync(_cancel.Token).AsTask().WaitAsync(_cancel.Token).ConfigureAwait(false);
            await CopyAllAsync(_engine, _cancel.Token).ConfigureAwait(false);
            if (_beforeFinish is not null)
            {
                await _beforeFinish(_cancel.Token).ConfigureAwait(false);
            }

            await CopyRestAsync(_engine, _cancel.Token).ConfigureAwait(false);

            await _engine.Gate.BeginAsync(_cancel.Token).ConfigureAwait(false);
            try
            {
                await FinishAsync(_cancel.Token).ConfigureAwait(false);
            }
            finally
            {
                _engine.Gate.End();
            }

            Conclude(error: null);
            _completion.TrySetResult();
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            TryConclude(error: null);
            _completion.TrySetCanceled(_cancel.Token);
        }
        catch (Exception exception)
        {
            TryConclude(exception);
            _completion.TrySetException(exception);
        }
    }

    /// <summary>Gives back what the job alone uses; copies that hang may still hold some of it.</summary>
    private protected virtual void LetGo()
    {
    }
}
