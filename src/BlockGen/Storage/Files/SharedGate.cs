namespace BlockGen;

/// <summary>Lets many pass together or one alone, in the order they came.</summary>
internal sealed class SharedGate
{
    private readonly object _lock = new();
    private readonly LinkedList<Waiter> _waiters = new(); // guarded by _lock
    private int _sharers; // inside now; guarded by _lock
    private bool _isExclusive; // somebody is inside alone; guarded by _lock

    /// <summary>Enters, waiting for those who are in the way; the pass is to be disposed.</summary>
    public ValueTask<Pass> EnterAsync(bool isExclusive, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_waiters.Count == 0 && CanEnter(isExclusive))
            {
                return ValueTask.FromResult(Enter(isExclusive));
            }

            LinkedListNode<Waiter> node = _waiters.AddLast(new Waiter(isExclusive));
            return WaitAsync(node, cancellation);
        }
    }

    private async ValueTask<Pass> WaitAsync(LinkedListNode<Waiter> node, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.Register(() =>
        {
            lock (_lock)
            {
                if (node.List is not null)
                {
                    _waiters.Remove(node);
                    node.Value.Entered.TrySetCanceled(cancellation);
                    AdmitWaiters();
                }
            }
        });
        return await node.Value.Entered.Task.ConfigureAwait(false);
    }

    private bool CanEnter(bool isExclusive) => !_isExclusive && (!isExclusive || _sharers == 0);

    private Pass Enter(bool isExclusive)
    {
        if (isExclusive)
        {
            _isExclusive = true;
        }
        else
        {
            _sharers++;
        }

        return new Pass(this, isExclusive);
    }

    private void Leave(bool isExclusive)
    {
        lock (_lock)
        {
            if (isExclusive)
            {
                _isExclusive = false;
            }
            else
            {
                _sharers--;
            }

            AdmitWaiters();
        }
    }

    private void AdmitWaiters()
    {
        while (_waiters.First is { } first && CanEnter(first.Value.IsExclusive))
        {
            _waiters.RemoveFirst();
            first.Value.Entered.TrySetResult(Enter(first.Value.IsExclusive));
        }
    }

    /// <summary>The right to be inside; none when it came from no gate.</summary>
    internal readonly struct Pass(SharedGate gate, bool isExclusive) : IDisposable
    {
        /// <summary>Leaves.</summary>
        public void Dispose() => gate?.Leave(isExclusive);
    }

    private sealed record Waiter(bool IsExclusive)
    {
        public TaskCompletionSource<Pass> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
