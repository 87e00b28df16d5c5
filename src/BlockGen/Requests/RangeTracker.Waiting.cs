namespace BlockGen;

public sealed partial class RangeTracker
{
    private async ValueTask<RangeTicket> WaitAsync(LinkedListNode<Waiter> node, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.Register(() => GiveUp(node, cancellation));
        return await node.Value.Admitted.Task.ConfigureAwait(false);
    }

    private void GiveUp(LinkedListNode<Waiter> node, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (node.List is null)
            {
                return;
            }

            _waiters.Remove(node);
            _obstacleCount--;
            AdmitWaiters();
        }

        node.Value.Admitted.TrySetCanceled(cancellation);
    }

    private void AdmitWaiters()
    {
        for (LinkedListNode<Waiter>? node = _waiters.First; node is not null;)
        {
            LinkedListNode<Waiter>? next = node.Next;
            Waiter waiter = node.Value;
            if (TryActivate(waiter.Range, waiter.Access, before: node, out RangeTicket ticket))
            {
                _waiters.Remove(node);
                waiter.Admitted.TrySetResult(ticket);
            }

            node = next;
        }
    }

    private bool ConflictsWithWaiting(GuestRange range, RangeAccess access, LinkedListNode<Waiter>? before)
    {
        for (LinkedListNode<Waiter>? node = _waiters.First; node is not null && node != before; node = node.Next)
        {
            bool excludes = access is RangeAccess.Claim || node.Value.Access is RangeAccess.Claim;
            if (excludes && node.Value.Range.Overlaps(range))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Waiter(GuestRange Range, RangeAccess Access)
    {
        public TaskCompletionSource<RangeTicket> Admitted { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
