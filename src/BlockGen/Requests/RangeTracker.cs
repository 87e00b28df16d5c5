namespace BlockGen;

/// <summary>How a request uses its range.</summary>
public enum RangeAccess : byte
{
    /// <summary>
    /// A guest write into clusters that are mapped: shared with other such writes, which may overlap.
    /// </summary>
    GuestWrite,

    /// <summary>
    /// A change of the mapping, or a copy's claim: alone in its range. Guest reads never wait for it.
    /// </summary>
    Claim,
}

/// <summary>
/// Who is at work where in a guest's disk. Guest writes exclude claims and claims exclude each other, where they overlap;
/// guest reads are not tracked. Waiting is first come, first served among requests that overlap.
/// </summary>
/// <remarks>Thread-safe. Entering without a conflict takes one short lock and allocates nothing.</remarks>
public sealed class RangeTracker
{
    private const int None = -1;

    private readonly object _lock = new();
    private readonly LinkedList<Waiter> _waiters = new(); // in order of arrival; guarded by _lock
    private Slot[] _slots = new Slot[16]; // active requests and free places; guarded by _lock
    private int _firstActive = None; // guarded by _lock
    private int _firstFree; // guarded by _lock
    private int _activeCount; // guarded by _lock

    /// <summary>A tracker with no request in it.</summary>
    public RangeTracker() => LinkFree(0);

    /// <summary>Requests that have entered and not left.</summary>
    public int ActiveCount => Volatile.Read(ref _activeCount);

    /// <summary>Enters if nothing that is active or waits conflicts.</summary>
    public bool TryEnter(GuestRange range, RangeAccess access, out RangeTicket ticket)
    {
        lock (_lock)
        {
            if (ConflictsWithActive(range, access) || ConflictsWithWaiting(range, access, before: null))
            {
                ticket = default;
                return false;
            }

            ticket = Activate(range, access);
            return true;
        }
    }

    /// <summary>
    /// Enters, waiting for what is active or came earlier and conflicts. Dispose the ticket to leave.
    /// </summary>
    public ValueTask<RangeTicket> EnterAsync(GuestRange range, RangeAccess access, CancellationToken cancellation)
    {
        LinkedListNode<Waiter> node;
        lock (_lock)
        {
            if (!ConflictsWithActive(range, access) && !ConflictsWithWaiting(range, access, before: null))
            {
                return ValueTask.FromResult(Activate(range, access));
            }

            node = _waiters.AddLast(new Waiter(range, access));
        }

        return WaitAsync(node, cancellation);
    }

    internal void Leave(int index)
    {
        lock (_lock)
        {
            ref Slot slot = ref _slots[index];
            if (slot.Previous == None)
            {
                _firstActive = slot.Next;
            }
            else
            {
                _slots[slot.Previous].Next = slot.Next;
            }

            if (slot.Next != None)
            {
                _slots[slot.Next].Previous = slot.Previous;
            }

            slot.Next = _firstFree;
            _firstFree = index;
            _activeCount--;
            AdmitWaiters();
        }
    }

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
            if (!ConflictsWithActive(waiter.Range, waiter.Access)
                && !ConflictsWithWaiting(waiter.Range, waiter.Access, before: node))
            {
                _waiters.Remove(node);
                waiter.Admitted.TrySetResult(Activate(waiter.Range, waiter.Access));
            }

            node = next;
        }
    }

    private bool ConflictsWithActive(GuestRange range, RangeAccess access)
    {
        Slot[] slots = _slots;
        for (int index = _firstActive; index != None; index = slots[index].Next)
        {
            ref readonly Slot slot = ref slots[index];
            if (Excludes(slot.Access, access) && slot.Range.Overlaps(range))
            {
                return true;
            }
        }

        return false;
    }

    private bool ConflictsWithWaiting(GuestRange range, RangeAccess access, LinkedListNode<Waiter>? before)
    {
        for (LinkedListNode<Waiter>? node = _waiters.First; node is not null && node != before; node = node.Next)
        {
            if (Excludes(node.Value.Access, access) && node.Value.Range.Overlaps(range))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Excludes(RangeAccess left, RangeAccess right) =>
        left is RangeAccess.Claim || right is RangeAccess.Claim;

    private RangeTicket Activate(GuestRange range, RangeAccess access)
    {
        if (_firstFree == None)
        {
            int grown = _slots.Length;
            Array.Resize(ref _slots, grown * 2);
            LinkFree(grown);
        }

        int index = _firstFree;
        ref Slot slot = ref _slots[index];
        _firstFree = slot.Next;
        slot = new Slot { Range = range, Access = access, Previous = None, Next = _firstActive };
        if (_firstActive != None)
        {
            _slots[_firstActive].Previous = index;
        }

        _firstActive = index;
        _activeCount++;
        return new RangeTicket(this, index);
    }

    private void LinkFree(int from)
    {
        for (int i = from; i < _slots.Length; i++)
        {
            _slots[i].Next = i + 1 < _slots.Length ? i + 1 : None;
        }

        _firstFree = from;
    }

    private struct Slot
    {
        public GuestRange Range;
        public int Next;
        public int Previous;
        public RangeAccess Access;
    }

    private sealed record Waiter(GuestRange Range, RangeAccess Access)
    {
        public TaskCompletionSource<RangeTicket> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A request's presence in its range. Dispose it exactly once, when the request is done.</summary>
public readonly struct RangeTicket : IDisposable
{
    private readonly RangeTracker? _tracker;
    private readonly int _index;

    internal RangeTicket(RangeTracker tracker, int index)
    {
        _tracker = tracker;
        _index = index;
    }

    /// <summary>Leaves the range; waiting requests are admitted.</summary>
    public void Dispose() => _tracker?.Leave(_index);
}
