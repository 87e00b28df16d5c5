namespace BlockGen;

/// <summary>
/// How often each host cluster is named, as a format keeps it on disk. Formats say how counts are stored; when they
/// change, and what is wrong with them, is the same for all.
/// </summary>
/// <remarks>
/// Space may be taken and given back from many threads at once. Counts are loaded and stored by one at a time.
/// </remarks>
public abstract partial class ReferenceCounts
{
    private readonly object _lock = new();
    private List<HostRange> _taken = []; // named by nothing on disk yet; guarded by _lock
    private List<ulong> _takenAgain = []; // clusters, by number, that have one more use in memory; guarded by _lock
    private List<HostRange> _givenBack = []; // named by nothing in memory any more; guarded by _lock

    /// <summary>Where the counts are, as far as they have been loaded.</summary>
    public abstract IEnumerable<HostRange> Places { get; }

    /// <summary>Bytes in the clusters that are counted; a power of two.</summary>
    protected abstract ulong ClusterBytes { get; }

    /// <summary>The highest count that can be stored.</summary>
    protected abstract ulong MaxCount { get; }

    /// <summary>Clusters from 0 on, in host order, that may have a count other than 0 now.</summary>
    protected abstract ValueTask<ulong> FindEndAsync(CancellationToken cancellation);

    /// <summary>Writes the empty counts of a new image, durably before anything names what is counted.</summary>
    public abstract ValueTask CreateAsync(CancellationToken cancellation);

    /// <summary>
    /// Stores all counts in new places at the end of the file, durably, and lets the image name those: what it named is
    /// forgotten, right or wrong. Nothing else takes space meanwhile.
    /// </summary>
    /// <param name="clusterCount">Clusters that may be used.</param>
    /// <param name="countOf">The count of each of them.</param>
    /// <param name="cancellation">Cancels it; the image names what it named.</param>
    protected abstract ValueTask RebuildAsync(
        ulong clusterCount, Func<ulong, ulong> countOf, CancellationToken cancellation);

    /// <summary>Shows the tables that hold the counts.</summary>
    public abstract ValueTask VisitAsync(MappingVisitor visitor, CancellationToken cancellation);

    /// <summary>Reads the counts of consecutive clusters; 0 where nothing is stored.</summary>
    /// <param name="firstCluster">The first cluster: its host offset divided by the bytes in one.</param>
    /// <param name="counts">Filled.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    protected abstract ValueTask LoadAsync(ulong firstCluster, Memory<ulong> counts, CancellationToken cancellation);

    /// <summary>Writes the counts of consecutive clusters; makes room for them where there is none.</summary>
    /// <param name="firstCluster">The first cluster.</param>
    /// <param name="counts">The counts, none above <see cref="MaxCount"/>.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    protected abstract ValueTask StoreAsync(
        ulong firstCluster, ReadOnlyMemory<ulong> counts, CancellationToken cancellation);

    /// <summary>Whether the disk lacks a count.</summary>
    internal bool IsPending
    {
        get
        {
            lock (_lock)
            {
                return _taken.Count > 0 || _takenAgain.Count > 0 || _givenBack.Count > 0;
            }
        }
    }

    /// <summary>The end of what is taken and not counted yet; 0 when there is none.</summary>
    internal ulong TakenEnd
    {
        get
        {
            lock (_lock)
            {
                return _taken.Count == 0 ? 0 : _taken.Max(static range => range.End);
            }
        }
    }

    /// <summary>Notes space that was free and is going to be named once.</summary>
    internal void Take(HostRange range)
    {
        lock (_lock)
        {
            if (_taken.Count > 0 && _taken[^1].End == range.Start.Value)
            {
                _taken[^1] = new HostRange(_taken[^1].Start, _taken[^1].Length + range.Length);
            }
            else
            {
                _taken.Add(range);
            }
        }
    }

    /// <summary>Notes one more use of a cluster that is taken already.</summary>
    internal void TakeAgain(ulong host)
    {
        lock (_lock)
        {
            _takenAgain.Add(host / ClusterBytes);
        }
    }

    /// <summary>How often a cluster may be used.</summary>
    internal ulong MostUses => MaxCount;

    /// <summary>Notes space that something named in memory, and does not any more.</summary>
    protected internal void GiveBack(HostRange range)
    {
        lock (_lock)
        {
            _givenBack.Add(range);
        }
    }

    /// <summary>
    /// What has been given back so far. Entries that are written from now on do not name it; the counts may follow them.
    /// </summary>
    internal IReadOnlyList<HostRange> BeginLowering()
    {
        lock (_lock)
        {
            List<HostRange> begun = _givenBack;
            _givenBack = [];
            return begun;
        }
    }

    /// <summary>Takes up again what was begun and could not be carried out.</summary>
    internal void CancelLowering(IReadOnlyList<HostRange> begun)
    {
        lock (_lock)
        {
            _givenBack.AddRange(begun);
        }
    }

    /// <summary>Stores the counts of all that was taken so far.</summary>
    internal async ValueTask RaiseAsync(CancellationToken cancellation)
    {
        List<HostRange> taken;
        List<ulong> again;
        lock (_lock)
        {
            (taken, again) = (_taken, _takenAgain);
            (_taken, _takenAgain) = ([], []);
        }

        try
        {
            foreach (HostRange range in taken)
            {
                await SetOnceAsync(range, cancellation).ConfigureAwait(false);
            }

            taken = [];
            again.Sort();
            await ForEachNearAsync(again, static count => count + 1, cancellation).ConfigureAwait(false);
        }
        catch
        {
            // Storing a one again does no harm; a count that is too high is a leak.
            lock (_lock)
            {
                _taken.InsertRange(0, taken);
                _takenAgain.AddRange(again);
            }

            throw;
        }
    }

    /// <summary>Lowers the counts of space that was given back; no entry on disk names it any more.</summary>
    internal async ValueTask LowerAsync(IReadOnlyList<HostRange> ranges, CancellationToken cancellation)
    {
        foreach (HostRange range in ranges)
        {
            (ulong first, ulong end) = ClustersOf(range);
            ulong[] counts = new ulong[end - first];
            await LoadAsync(first, counts, cancellation).ConfigureAwait(false);
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] -= Math.Min(counts[i], 1);
            }

            await StoreAsync(first, counts, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask SetOnceAsync(HostRange range, CancellationToken cancellation)
    {
        (ulong first, ulong end) = ClustersOf(range);
        ulong[] ones = new ulong[Math.Min(end - first, PieceClusters)];
        Array.Fill(ones, 1UL);
        for (; first < end; first += (ulong)ones.Length)
        {
            int length = (int)Math.Min((ulong)ones.Length, end - first);
            await StoreAsync(first, ones.AsMemory(0, length), cancellation).ConfigureAwait(false);
        }
    }

    private (ulong First, ulong End) ClustersOf(HostRange range) =>
        (range.Start.Value / ClusterBytes, (range.End + ClusterBytes - 1) / ClusterBytes);
}
