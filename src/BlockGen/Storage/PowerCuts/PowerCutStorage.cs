namespace BlockGen;

/// <summary>Records every change, and shows what the disk may hold had the power been cut at any moment.</summary>
/// <remarks>
/// Thread-safe. What completed before a flush that completed began is on the disk. Of everything else any part may be,
/// in units of 512 bytes, and what ran at the same time in any order. A new length is never torn.
/// </remarks>
public sealed partial class PowerCutStorage : StorageFilter
{
    private readonly MemoryStorage _start;
    private readonly object _lock = new();
    private readonly List<PowerCutChange> _changes = []; // guarded by _lock
    private readonly List<PowerCutChange> _volatile = []; // those that no flush vouched for; guarded by _lock
    private readonly List<PowerCutFlush> _flushes = []; // guarded by _lock
    private readonly List<int> _cuts = [0]; // guarded by _lock
    private int _now; // guarded by _lock

    private PowerCutStorage(IStorage inner, MemoryStorage start) : base(inner)
    {
        _start = start;
    }

    /// <summary>The changes so far, in the order they were asked for.</summary>
    public IReadOnlyList<PowerCutChange> Changes
    {
        get
        {
            lock (_lock)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>The flushes that completed so far, in that order.</summary>
    public IReadOnlyList<PowerCutFlush> Flushes
    {
        get
        {
            lock (_lock)
            {
                return [.. _flushes];
            }
        }
    }

    /// <summary>
    /// The moments at which what the disk may hold became different: before the first change, after each start and
    /// flush.
    /// </summary>
    public IReadOnlyList<int> Cuts
    {
        get
        {
            lock (_lock)
            {
                return [.. _cuts];
            }
        }
    }

    /// <summary>Begins to record. What <paramref name="inner"/> holds now counts as being on the disk.</summary>
    public static async ValueTask<PowerCutStorage> StartAsync(IStorage inner, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inner);
        MemoryStorage start = new(inner.Length, inner.Name);
        byte[] buffer = new byte[MemoryStorage.ChunkBytes];
        ulong offset = 0;
        while (offset < inner.Length)
        {
            HostRange rest = new(offset, inner.Length - offset);
            StorageExtent extent = await inner.MapAsync(rest, cancellation).ConfigureAwait(false);
            if (extent.IsHole)
            {
                offset += extent.Length;
                continue;
            }

            Memory<byte> piece = buffer.AsMemory(0, (int)Math.Min(extent.Length, (ulong)buffer.Length));
            await inner.ReadAsync(new HostOffset(offset), piece, cancellation).ConfigureAwait(false);
            await start.WriteAsync(new HostOffset(offset), piece, cancellation).ConfigureAwait(false);
            offset += (ulong)piece.Length;
        }

        return new PowerCutStorage(inner, start);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(
        HostOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // What is recorded must be what is stored, whatever happens to the caller's memory meanwhile.
        byte[] bytes = source.DangerousGetMemory().ToArray();
        PowerCutChange change = Begin(StorageOperation.Write, new HostRange(offset, (ulong)bytes.Length), bytes);
        await Inner.WriteAsync(offset, bytes, cancellation).ConfigureAwait(false);
        Complete(change);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteZeroesAsync(HostRange range, ZeroMode mode, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PowerCutChange change = Begin(StorageOperation.WriteZeroes, range, []);
        await Inner.WriteZeroesAsync(range, mode, cancellation).ConfigureAwait(false);
        Complete(change);
    }

    /// <inheritdoc/>
    public override async ValueTask DiscardAsync(HostRange range, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PowerCutChange change = Begin(StorageOperation.Discard, range, []);
        await Inner.DiscardAsync(range, cancellation).ConfigureAwait(false);
        Complete(change);
    }

    /// <inheritdoc/>
    public override async ValueTask SetLengthAsync(ulong length, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PowerCutChange change = Begin(StorageOperation.SetLength, new HostRange(length, 0), []);
        await Inner.SetLengthAsync(length, cancellation).ConfigureAwait(false);
        Complete(change);
    }

    /// <inheritdoc/>
    public override async ValueTask FlushAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int begunAt;
        lock (_lock)
        {
            begunAt = ++_now;
        }

        await Inner.FlushAsync(cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            Vouch(new PowerCutFlush(_flushes.Count, begunAt, ++_now));
        }
    }

    /// <summary>
    /// The same recording as it would be had the storage left out some of the flushes that were asked of it: for tests
    /// that show what a barrier is for. Records nothing further.
    /// </summary>
    /// <param name="isLeftOut">Chooses the flushes.</param>
    public PowerCutStorage WithoutFlushes(Predicate<PowerCutFlush> isLeftOut)
    {
        ArgumentNullException.ThrowIfNull(isLeftOut);
        lock (_lock)
        {
            PowerCutStorage without = new(Inner, _start) { _now = _now };
            without._changes.AddRange(_changes.Select(change => change.WithoutFlush()));
            without._volatile.AddRange(without._changes);
            without._cuts.AddRange(_changes.Select(change => change.StartedAt));
            foreach (PowerCutFlush flush in _flushes.Where(flush => !isLeftOut(flush)))
            {
                without.Vouch(flush);
            }

            without._cuts.Sort();
            return without;
        }
    }

    /// <summary>A flush has completed. The caller holds the lock.</summary>
    private void Vouch(PowerCutFlush flush)
    {
        _flushes.Add(flush);
        foreach (PowerCutChange change in _volatile)
        {
            if (change.CompletedAt < flush.BegunAt)
            {
                change.DurableAt = flush.CompletedAt;
            }
        }

        if (_volatile.RemoveAll(change => change.DurableAt == flush.CompletedAt) > 0)
        {
            _cuts.Add(flush.CompletedAt);
        }
    }

    private PowerCutChange Begin(StorageOperation operation, HostRange range, byte[] bytes)
    {
        lock (_lock)
        {
            PowerCutChange change = new(_changes.Count, operation, range, bytes, ++_now);
            _changes.Add(change);
            _volatile.Add(change);
            _cuts.Add(_now);
            return change;
        }
    }

    private void Complete(PowerCutChange change)
    {
        lock (_lock)
        {
            change.CompletedAt = ++_now;
        }
    }
}
