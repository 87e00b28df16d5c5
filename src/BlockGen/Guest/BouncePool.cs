using System.Numerics;

namespace BlockGen;

/// <summary>
/// Memory the guest cannot reach, rented from a <see cref="BouncePool"/>. Dispose it to give it back.
/// </summary>
public sealed class BounceBuffer : IDisposable
{
    private readonly BouncePool _pool;
    private AlignedMemory? _memory;

    internal BounceBuffer(BouncePool pool, AlignedMemory memory, int length)
    {
        _pool = pool;
        _memory = memory;
        Length = length;
    }

    /// <summary>Bytes rented.</summary>
    public int Length { get; }

    /// <summary>The bytes, aligned for direct I/O; their initial content is undefined.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was given back.</exception>
    public Memory<byte> Memory
    {
        get
        {
            AlignedMemory? memory = _memory;
            ObjectDisposedException.ThrowIf(memory is null, this);
            return memory.Memory[..Length];
        }
    }

    /// <summary>Gives the memory back; a second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _memory, null) is { } memory)
        {
            _pool.Return(memory);
        }
    }
}

/// <summary>
/// Bounce buffers, bounded in bytes: what is rented and what is kept for reuse never exceed the capacity.
/// </summary>
/// <remarks>Thread-safe. Waiting for memory is first come, first served.</remarks>
public sealed class BouncePool : IDisposable
{
    private const int Alignment = 4096;

    private readonly object _lock = new();
    private readonly Stack<AlignedMemory>[] _free = new Stack<AlignedMemory>[32]; // by power of two; guarded by _lock
    private readonly LinkedList<Waiter> _waiters = new(); // guarded by _lock
    private ulong _rented; // guarded by _lock
    private ulong _kept; // guarded by _lock
    private bool _disposed; // guarded by _lock

    /// <summary>A pool of at most <paramref name="capacityBytes"/>.</summary>
    public BouncePool(ulong capacityBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBytes, (ulong)Alignment);
        CapacityBytes = capacityBytes;
        for (int i = 0; i < _free.Length; i++)
        {
            _free[i] = new Stack<AlignedMemory>();
        }
    }

    /// <summary>The most that is ever rented and kept.</summary>
    public ulong CapacityBytes { get; }

    /// <summary>Bytes rented now; 0 when every buffer is back.</summary>
    public ulong RentedBytes
    {
        get
        {
            lock (_lock)
            {
                return _rented;
            }
        }
    }

    /// <summary>Rents a buffer if there is room for it now and nobody waits; null otherwise.</summary>
    public BounceBuffer? TryRent(int length)
    {
        int size = RoundUp(length);
        lock (_lock)
        {
            return _waiters.Count == 0 && HasRoom(size) ? Take(size, length) : null;
        }
    }

    /// <summary>Rents a buffer, waiting for others to come back when there is no room.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole pool.</exception>
    public ValueTask<BounceBuffer> RentAsync(int length, CancellationToken cancellation)
    {
        int size = RoundUp(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)size, CapacityBytes, nameof(length));
        lock (_lock)
        {
            if (_waiters.Count == 0 && HasRoom(size))
            {
                return ValueTask.FromResult(Take(size, length));
            }

            Waiter waiter = new(size, length);
            LinkedListNode<Waiter> node = _waiters.AddLast(waiter);
            return WaitAsync(node, cancellation);
        }
    }

    /// <summary>Drops what is kept; buffers that are still rented are dropped when they come back.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            DropKept();
        }
    }

    internal void Return(AlignedMemory memory)
    {
        lock (_lock)
        {
            _rented -= (ulong)memory.Size;
            if (!_disposed)
            {
                _free[Index(memory.Size)].Push(memory);
                _kept += (ulong)memory.Size;
            }

            ServeWaiters();
        }
    }

    private static int RoundUp(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 1 << 30);
        return (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, Alignment));
    }

    private static int Index(int size) => BitOperations.Log2((uint)size);

    private async ValueTask<BounceBuffer> WaitAsync(LinkedListNode<Waiter> node, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.Register(() =>
        {
            lock (_lock)
            {
                if (node.List is not null)
                {
                    _waiters.Remove(node);
                    node.Value.Ready.TrySetCanceled(cancellation);
                    ServeWaiters();
                }
            }
        });
        return await node.Value.Ready.Task.ConfigureAwait(false);
    }

    private void ServeWaiters()
    {
        while (_waiters.First is { } first && HasRoom(first.Value.Size))
        {
            _waiters.RemoveFirst();
            first.Value.Ready.TrySetResult(Take(first.Value.Size, first.Value.Length));
        }
    }

    private bool HasRoom(int size) => _rented + (ulong)size <= CapacityBytes;

    private BounceBuffer Take(int size, int length)
    {
        if (_free[Index(size)].TryPop(out AlignedMemory? memory))
        {
            _kept -= (ulong)size;
        }
        else
        {
            if (_rented + _kept + (ulong)size > CapacityBytes)
            {
                DropKept();
            }

            memory = new AlignedMemory(size, Alignment);
        }

        _rented += (ulong)size;
        return new BounceBuffer(this, memory, length);
    }

    private void DropKept()
    {
        foreach (Stack<AlignedMemory> stack in _free)
        {
            stack.Clear();
        }

        _kept = 0;
    }

    private sealed record Waiter(int Size, int Length)
    {
        public TaskCompletionSource<BounceBuffer> Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
