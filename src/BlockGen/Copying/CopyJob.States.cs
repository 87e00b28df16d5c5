namespace BlockGen;

public abstract partial class CopyJob
{
    /// <summary>A listener that throws must not keep the job from ending.</summary>
    private void TryConclude(Exception? error)
    {
        try
        {
            Conclude(error);
        }
        catch (Exception exception)
        {
            _completion.TrySetException(exception);
        }
    }

    private void Conclude(Exception? error)
    {
        LetGo();
        Image.ForgetJob(this);
        ChangeState(JobState.Concluded, error);
    }

    /// <summary>Gate and state change together: an error and a resume may come at the same moment.</summary>
    private void SetPaused(bool isPaused, Exception? error)
    {
        lock (_lock)
        {
            _engine.Gate.IsPaused = isPaused;
            if (!TrySetState(isPaused ? JobState.Paused : JobState.Running, error))
            {
                return;
            }
        }

        RaiseChanged();
    }

    private void ChangeState(JobState state, Exception? error)
    {
        lock (_lock)
        {
            if (!TrySetState(state, error))
            {
                return;
            }
        }

        RaiseChanged();
    }

    /// <summary>Forward only: a job on its way out neither pauses nor goes on. The caller holds the lock.</summary>
    private bool TrySetState(JobState state, Exception? error)
    {
        if (_state == JobState.Concluded || (_state == JobState.Aborting && state != JobState.Concluded))
        {
            return false;
        }

        (_state, _error) = (state, error);
        return true;
    }

    private void RaiseChanged() => Changed?.Invoke(this, EventArgs.Empty);
}
