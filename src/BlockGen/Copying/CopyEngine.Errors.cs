using System.Runtime.ExceptionServices;

namespace BlockGen;

internal sealed partial class CopyEngine
{
    private ExceptionDispatchInfo? _passedOver; // the first error that was ignored; guarded by _lock
    private ExceptionDispatchInfo? _fatal; // guarded by _lock

    private ExceptionDispatchInfo? Fatal
    {
        get
        {
            lock (_lock)
            {
                return _fatal;
            }
        }
    }

    private ExceptionDispatchInfo? PassedOver
    {
        get
        {
            lock (_lock)
            {
                return _passedOver;
            }
        }
    }

    private void OnScanError(Exception exception, CancellationTokenSource stop)
    {
        if (Handle(exception, stop) is ErrorPolicy.Ignore)
        {
            Advance(_scanner.PassOver(), copied: 0, stop);
        }
    }

    private void OnCopyError(CopyRun chunk, Exception exception, CancellationTokenSource stop)
    {
        // Put aside before anybody hears of the error: whoever listens may resume at once, or throw.
        if (StorageFault.Decide(OnError, exception) is ErrorPolicy.Stop)
        {
            lock (_lock)
            {
                _failed.Enqueue(chunk);
            }
        }

        if (Handle(exception, stop) is ErrorPolicy.Ignore)
        {
            Advance(chunk.Range.Length, copied: 0, stop);
        }
    }

    private ErrorPolicy Handle(Exception exception, CancellationTokenSource stop)
    {
        ErrorPolicy decision = StorageFault.Decide(OnError, exception);

        // Copies that were in flight beside the failed one tend to fail as well: the first of them says it all.
        bool isTold = decision is ErrorPolicy.Ignore || !(Gate.IsPaused || stop.IsCancellationRequested);
        if (isTold)
        {
            Tell(() => Faulted?.Invoke(exception, decision), stop);
        }

        switch (decision)
        {
            case ErrorPolicy.Stop:
                Gate.IsPaused = true;
                Tell(() => Stopped?.Invoke(exception), stop);
                break;
            case ErrorPolicy.Ignore:
                lock (_lock)
                {
                    _passedOver ??= ExceptionDispatchInfo.Capture(exception);
                }

                break;
            default:
                End(exception, stop);
                break;
        }

        return decision;
    }

    /// <summary>Whoever listens may throw; then the copy ends with that error, and nothing that was done is undone.</summary>
    private void Tell(Action listener, CancellationTokenSource stop)
    {
        try
        {
            listener();
        }
        catch (Exception exception)
        {
            End(exception, stop);
        }
    }

    private void End(Exception exception, CancellationTokenSource stop)
    {
        lock (_lock)
        {
            _fatal ??= ExceptionDispatchInfo.Capture(exception);
        }

        _ = stop.CancelAsync();
    }
}
