namespace BlockGen.Nbd;

public sealed partial class NbdStorage
{
    private const ulong MostStatusBytes = 1UL << 31;
    private const long MapLifeMilliseconds = 1000;

    private readonly object _mapLock = new();
    private (ulong Start, IReadOnlyList<StatusExtent> Extents, long ReadAt)? _map; // guarded by _mapLock
    private long _changeCount; // guarded by _mapLock

    /// <inheritdoc/>
    /// <remarks>
    /// One answer of the server holds many runs: those after the first are kept for the calls that follow, for a second
    /// and until something is changed through this storage.
    /// </remarks>
    public async ValueTask<StorageExtent> MapAsync(HostRange range, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ulong start = range.Start.Value;
        ulong length = Clamp(start, range.Length);
        if (length == 0)
        {
            return new StorageExtent(range.Length, IsHole: true);
        }

        if (_export.AllocationContext is null)
        {
            return new StorageExtent(length, IsHole: false);
        }

        if (FindInMap(start, length) is { } known)
        {
            return known;
        }

        long changeCount = CountChanges();
        ulong first = start / Alignment * Alignment;
        ulong asked = Math.Min(Math.Min(RoundUp(start + length), Length) - first, MostStatusBytes);
        using ClientRequest request = new(NbdCommand.BlockStatus, CommandFlags.None, first, asked);
        await RunAsync(request, cancellation).ConfigureAwait(false);
        KeepMap(first, request.Extents, changeCount);
        return Find(first, request.Extents, start, length)
            ?? throw new NbdProtocolException($"{Name}: the server says nothing of the status at 0x{start:x}");
    }

    private static StorageExtent? Find(ulong at, IReadOnlyList<StatusExtent> extents, ulong start, ulong length)
    {
        foreach (StatusExtent extent in extents)
        {
            ulong end = extent.Length > ulong.MaxValue - at ? ulong.MaxValue : at + extent.Length;
            if (start >= at && start < end)
            {
                return new StorageExtent(
                    Math.Min(length, end - start), (extent.Status & AllocationStatus.Zero) != 0);
            }

            at = end;
        }

        return null;
    }

    private StorageExtent? FindInMap(ulong start, ulong length)
    {
        lock (_mapLock)
        {
            return _map is { } map && Environment.TickCount64 - map.ReadAt < MapLifeMilliseconds
                ? Find(map.Start, map.Extents, start, length)
                : null;
        }
    }

    private void KeepMap(ulong start, IReadOnlyList<StatusExtent> extents, long changeCount)
    {
        lock (_mapLock)
        {
            if (_changeCount == changeCount)
            {
                _map = (start, extents, Environment.TickCount64);
            }
        }
    }

    private void ForgetMap()
    {
        lock (_mapLock)
        {
            _map = null;
            _changeCount++;
        }
    }

    private long CountChanges()
    {
        lock (_mapLock)
        {
            return _changeCount;
        }
    }
}
