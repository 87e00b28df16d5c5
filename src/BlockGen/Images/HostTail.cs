namespace BlockGen;

/// <summary>The free space after the last cluster, and what is free before it: where new clusters and tables go.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class HostTail
{
    private readonly object _lock = new();
    private readonly IStorage _storage;
    private readonly ulong _unit;
    private readonly ulong _unitBase;
    private readonly List<HostRange> _free; // before the end, in order of their starts; guarded by _lock
    private ulong _end; // changed under _lock
    private ulong _freshFrom; // guarded by _lock

    internal HostTail(IStorage storage, ulong end, ulong unit, ulong unitBase, IEnumerable<HostRange> free)
    {
        _storage = storage;
        _unit = unit;
        _unitBase = unitBase;
        _end = RoundUp(end);
        _freshFrom = storage.Length;
        _free = [.. free];
    }

    /// <summary>The first byte after everything that is taken.</summary>
    public HostOffset End => new(Volatile.Read(ref _end));

    /// <summary>Takes space, in whole clusters; nobody else gets it.</summary>
    /// <exception cref="IOException">The storage cannot grow so far.</exception>
    public HostOffset Take(ulong bytes)
    {
        lock (_lock)
        {
            if (bytes > long.MaxValue - _end)
            {
                throw new IOException($"{_storage.Name}: no room for {bytes} more bytes after 0x{_end:x}");
            }

            ulong taken = RoundUp(_end + bytes) - _end;
            int index = _free.FindIndex(range => range.Length >= taken);
            if (index < 0)
            {
                ulong start = _end;
                Volatile.Write(ref _end, start + taken);
                return new HostOffset(start);
            }

            HostRange found = _free[index];
            if (found.Length == taken)
            {
                _free.RemoveAt(index);
            }
            else
            {
                _free[index] = new HostRange(found.Start + taken, found.Length - taken);
            }

            return found.Start;
        }
    }

    /// <summary>How much of a space to take at once, so that what is free before the end is used up first.</summary>
    /// <returns>At least one cluster; at most <paramref name="bytes"/>.</returns>
    internal ulong Suggest(ulong bytes, ulong clusterBytes)
    {
        lock (_lock)
        {
            int index = _free.FindIndex(range => range.Length >= clusterBytes);
            return index < 0 ? bytes : Math.Min(bytes, _free[index].Length / clusterBytes * clusterBytes);
        }
    }

    /// <summary>Gives back what was taken, after a failure.</summary>
    internal void GiveBack(HostOffset start, ulong bytes)
    {
        lock (_lock)
        {
            ulong taken = RoundUp(start.Value + bytes) - start.Value;
            _freshFrom = Math.Max(_freshFrom, start.Value + taken);
            int index = _free.FindIndex(range => range.Start.Value > start.Value);
            _free.Insert(index < 0 ? _free.Count : index, new HostRange(start, taken));
            while (_free.Count > 0 && _free[^1].End == _end)
            {
                Volatile.Write(ref _end, _free[^1].Start.Value);
                _free.RemoveAt(_free.Count - 1);
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
