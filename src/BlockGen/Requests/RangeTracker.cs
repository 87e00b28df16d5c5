using System.Numerics;

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
/// Who is at work where in a guest's disk. Guest writes exclude claims and claims exclude each other, where they
/// overlap; guest reads are not tracked. Waiting is first come, first served among requests that overlap.
/// </summary>
/// <remarks>
/// Thread-safe. Entering without a conflict allocates nothing. While nobody claims or waits, guest writes take only a
/// lock of the processor they run on, so that they do not wait for each other.
/// </remarks>
public sealed partial class RangeTracker
{
    private const int MaxStripes = 16;

    // Locks are taken in this order: _lock, then one of _writes.
    private readonly object _lock = new();
    private readonly ActiveRanges[] _writes; // by processor; each guards itself
    private readonly ActiveRanges _claims = new(); // guarded by _lock
    private readonly LinkedList<Waiter> _waiters = new(); // in order of arrival; guarded by _lock

    // Claims and waiters. Changed under _lock, and before _writes are searched for what a new claim must wait for: who
    // enters or leaves _writes later than that sees it under their lock.
    private int _obstacleCount;

    /// <summary>A tracker with no request in it.</summary>
    public RangeTracker()
    {
        int stripes = Math.Min(MaxStripes, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));
        List<ActiveRanges> writes = [];
        for (int stripe = 0; stripe < stripes; stripe++)
        {
            writes.Add(new ActiveRanges());
        }

        // Made last: objects lie in the order in which they are made, and beside what processors write all the time, the
        // array that all of them read would be fetched anew for every write.
        _writes = [.. writes];
    }

    /// <summary>Requests that have entered and not left.</summary>
    public int ActiveCount => _claims.Count + _writes.Sum(static writes => writes.Count);

    /// <summary>Whether there are claims, or somebody waits: then guest writes look before they enter.</summary>
    internal bool IsObstructed => _obstacleCount != 0;

    /// <summary>Enters if nothing that is active or waits conflicts.</summary>
    public bool TryEnter(GuestRange range, RangeAccess access, out RangeTicket ticket)
    {
        if (access is RangeAccess.GuestWrite && TryEnterUnobstructed(range, out ticket))
        {
            return true;
        }

        lock (_lock)
        {
            _obstacleCount++;
            if (TryActivate(range, access, before: null, out ticket))
            {
                return true;
            }

            _obstacleCount--;
            return false;
        }
    }

    /// <summary>
    /// Enters, waiting for what is active or came earlier and conflicts. Dispose the ticket to leave.
    /// </summary>
    public ValueTask<RangeTicket> EnterAsync(GuestRange range, RangeAccess access, CancellationToken cancellation)
    {
        if (access is RangeAccess.GuestWrite && TryEnterUnobstructed(range, out RangeTicket ticket))
        {
            return ValueTask.FromResult(ticket);
        }

        LinkedListNode<Waiter> node;
        lock (_lock)
        {
            _obstacleCount++;
            if (TryActivate(range, access, before: null, out ticket))
            {
                return ValueTask.FromResult(ticket);
            }

            node = _waiters.AddLast(new Waiter(range, access));
        }

        return WaitAsync(node, cancellation);
    }

    internal void Leave(ActiveRanges ranges, int index)
    {
        if (ranges != _claims)
        {
            lock (ranges)
            {
                ranges.Remove(index);
                if (!IsObstructed)
                {
                    return;
                }
            }
        }

        lock (_lock)
        {
            if (ranges == _claims)
            {
                _claims.Remove(index);
                _obstacleCount--;
            }

            AdmitWaiters();
        }
    }

    private bool TryEnterUnobstructed(GuestRange range, out RangeTicket ticket)
    {
        ActiveRanges writes = _writes[Thread.GetCurrentProcessorId() & (_writes.Length - 1)];
        lock (writes)
        {
            if (!IsObstructed)
            {
                ticket = new RangeTicket(this, writes, writes.Add(range));
                return true;
            }
        }

        ticket = default;
        return false;
    }

    /// <summary>Lets a request in that counts as an obstacle; a guest write is none any more then.</summary>
    private bool TryActivate(
        GuestRange range, RangeAccess access, LinkedListNode<Waiter>? before, out RangeTicket ticket)
    {
        ticket = default;
        if (_claims.Overlap(range) || ConflictsWithWaiting(range, access, before))
        {
            return false;
        }

        if (access is RangeAccess.Claim)
        {
            if (ConflictsWithWrites(range))
            {
                return false;
            }

            ticket = new RangeTicket(this, _claims, _claims.Add(range));
            return true;
        }

        ActiveRanges writes = _writes[0];
        lock (writes)
        {
            ticket = new RangeTicket(this, writes, writes.Add(range));
        }

        _obstacleCount--;
        return true;
    }

    private bool ConflictsWithWrites(GuestRange range)
    {
        foreach (ActiveRanges writes in _writes)
        {
            lock (writes)
            {
                if (writes.Overlap(range))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
