namespace BlockGen;

/// <summary>Threads for calls that wait for a device.</summary>
/// <remarks>
/// The runtime's thread pool has about as many threads as the machine has processors and adds others slowly: a few
/// calls to a device that hangs would stop everything else in the process, and a fast device would see too few calls
/// at once.
/// </remarks>
internal sealed class BlockingWorkers(int mostThreads)
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly Queue<IWork> _queue = new(); // guarded by _lock
    private int _threadCount; // guarded by _lock
    private int _idleCount; // guarded by _lock

    private interface IWork
    {
        void Run();
    }

    /// <summary>Runs a call on a thread of its own, as soon as one is free. Its error is the task's.</summary>
    public Task<TResult> RunAsync<TResult>(Func<TResult> call)
    {
        Work<TResult> work = new(call);
        lock (_lock)
        {
            _queue.Enqueue(work);
            if (_queue.Count <= _idleCount)
            {
                Monitor.Pulse(_lock);
            }
            else if (_threadCount < mostThreads)
            {
                _threadCount++;
                new Thread(Serve) { IsBackground = true, Name = "BlockGen file" }.Start();
            }
        }

        return work.Result;
    }

    private void Serve()
    {
        while (TakeWork() is { } work)
        {
            work.Run();
        }
    }

    /// <summary>The next work; null when none came for a while and the thread is to end.</summary>
    private IWork? TakeWork()
    {
        lock (_lock)
        {
            bool isWoken = true;
            while (_queue.Count == 0 && isWoken)
            {
                _idleCount++;
                isWoken = Monitor.Wait(_lock, IdleTime);
                _idleCount--;
            }

            if (_queue.TryDequeue(out IWork? work))
            {
                return work;
            }

            _threadCount--;
            return null;
        }
    }

    private sealed class Work<TResult>(Func<TResult> call) : IWork
    {
        private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TResult> Result => _done.Task;

        public void Run()
        {
            try
            {
                _done.TrySetResult(call());
            }
            catch (Exception error)
            {
                _done.TrySetException(error);
            }
        }
    }
}
