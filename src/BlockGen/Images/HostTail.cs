namespace BlockGen;

/// <summary>The free space after the last cluster: where new clusters and tables go.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class HostTail
{
    private readonly object _lock = new();
    private readonly IStorage _storage;
    private readonly ulong _unit;
    private readonly ulong _unitBase;
    private ulong _end; // changed under _lock
    private ulong _freshFrom; // guarded by _lock

    internal HostTail(IStorage storage, ulong end, ulong unit, ulong unitBase)
    {
        _storage = storage;
        _unit = unit;
        _unitBase = unitBase;
        _end = RoundUp(end);
        _freshFrom = storage.Length;
    }

    /// <summary>The first byte that is not taken.</summary>
    public HostOffset End => new(Volatile.Read(ref _end));

    /// <summary>Takes space, in whole clusters; nobody else gets it.</summary>
    /// <exception cref="IOException">The storage cannot grow so far.</exception>
    public HostOffset Take(ulong bytes)
    {
        lock (_lock)
        {
            ulong start = _end;
            if (bytes > long.MaxValue - start)
            {
                throw new IOException($"{_storage.Name}: no room for {bytes} more bytes after 0x{start:x}");
            }

            Volatile.Write(ref _end, RoundUp(start + bytes));
            return new HostOffset(start);
        }
    }

    /// <summary>Gives back what was taken last, after a failure; space that others took after it stays lost to this run.</summary>
    internal void GiveBack(HostOffset start, ulong bytes)
    {
        lock (_lock)
        {
            _freshFrom = Math.Max(_freshFrom, start.Value + bytes);
            if (_end == RoundUp(start.Value + bytes))
            {
                Volatile.Write(ref _end, start.Value);
            }
        }
    }

    /// <summary>Whether nothing was ever stored in a space that was taken here, so that it reads as zeroes.</summary>
    internal bool IsFresh(HostOffset start)
    {
        lock (_lock)
        {
            return start.Value >= _freshFrom;
        }
    }

    private ulong RoundUp(ulong host)
    {
        ulong over = host <= _unitBase ? 0 : (host - _unitBase) % _unit;
        return host <= _unitBase ? _unitBase : over == 0 ? host : host + (_unit - over);
    }
}
