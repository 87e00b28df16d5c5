namespace BlockGen;

public sealed partial class PowerCutStorage
{
    private const int SectorBytes = 512;

    private (int Cut, MemoryStorage Disk)? _flushed; // the last one asked for; guarded by _lock

    /// <summary>The changes that may or may not be on the disk when the power is cut at a moment.</summary>
    public IReadOnlyList<PowerCutChange> PendingAt(int cut)
    {
        lock (_lock)
        {
            return [.. _changes.Where(change => change.StartedAt <= cut && change.DurableAt > cut)];
        }
    }

    /// <summary>
    /// The disk with what was flushed at a moment and no more: what every power cut at that moment leaves.
    /// </summary>
    public MemoryStorage MaterializeFlushed(int cut) => Materialize(new PowerCutState(cut, []));

    /// <summary>The disk after a power cut.</summary>
    /// <exception cref="ArgumentException">The state cannot come about: see the message.</exception>
    public MemoryStorage Materialize(PowerCutState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        lock (_lock)
        {
            RefuseImpossible(state);
            if (_flushed?.Cut != state.Cut)
            {
                _flushed = (state.Cut, ReplayFlushed(state.Cut));
            }

            MemoryStorage disk = _flushed.Value.Disk.Clone();
            foreach (PowerCutSurvivor survivor in state.Survivors)
            {
                Replay(_changes[survivor.Change], disk, survivor.TearSeed);
            }

            return disk;
        }
    }

    private MemoryStorage ReplayFlushed(int cut)
    {
        MemoryStorage disk = _start.Clone();
        foreach (PowerCutChange change in _changes)
        {
            if (change.DurableAt <= cut)
            {
                Replay(change, disk, tearSeed: 0);
            }
        }

        return disk;
    }

    private void RefuseImpossible(PowerCutState state)
    {
        for (int i = 0; i < state.Survivors.Count; i++)
        {
            int index = state.Survivors[i].Change;
            if (index < 0
                || index >= _changes.Count
                || _changes[index].StartedAt > state.Cut
                || _changes[index].DurableAt <= state.Cut)
            {
                throw new ArgumentException($"{state}: change {index} is not pending at that moment.", nameof(state));
            }

            for (int earlier = 0; earlier < i; earlier++)
            {
                PowerCutChange before = _changes[state.Survivors[earlier].Change];
                if (before.Index == index || _changes[index].Precedes(before))
                {
                    throw new ArgumentException(
                        $"{state}: change {index} cannot come after change {before.Index}.", nameof(state));
                }
            }
        }
    }

    private static void Replay(PowerCutChange change, MemoryStorage disk, int tearSeed)
    {
        if (change.Operation == StorageOperation.SetLength)
        {
            disk.CutOrGrow(change.Range.Start.Value);
            return;
        }

        ulong done = 0;
        while (done < change.Range.Length)
        {
            ulong offset = change.Range.Start.Value + done;
            ulong sectorRest = tearSeed == 0 ? ulong.MaxValue : SectorBytes - offset % SectorBytes;
            ulong length = Math.Min(sectorRest, change.Range.Length - done);
            if (tearSeed == 0 || Survives(tearSeed, offset / SectorBytes))
            {
                ReplayPart(change, disk, done, length);
            }

            done += length;
        }
    }

    private static void ReplayPart(PowerCutChange change, MemoryStorage disk, ulong start, ulong length)
    {
        HostRange range = new(change.Range.Start.Value + start, length);
        switch (change.Operation)
        {
            case StorageOperation.Write:
                disk.Store(range.Start.Value, change.Bytes.Span.Slice((int)start, (int)length));
                break;
            case StorageOperation.WriteZeroes:
                disk.Zero(range, ZeroMode.MayUnmap);
                break;
            default:
                disk.Discard(range);
                break;
        }
    }

    private static bool Survives(int tearSeed, ulong sector)
    {
        ulong bits = ((ulong)(uint)tearSeed * 0x9e3779b97f4a7c15) ^ (sector * 0xc2b2ae3d27d4eb4f);
        bits = (bits ^ (bits >> 29)) * 0xbf58476d1ce4e5b9;
        return (bits >> 63) != 0;
    }
}
