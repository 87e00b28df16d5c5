namespace BlockGen;

public abstract partial class MappedImage
{
    private readonly object _tailLock = new();
    private readonly SemaphoreSlim _tailFound = new(1, 1);
    private HostTail? _tail; // set once, until a repair; guarded by _tailLock
    private long _mappedClusterCount; // Interlocked; counted from when the tail is found
    private IReadOnlyList<HostRange>? _lostSpace; // that no table names; set when the tail is the highest mapped cluster

    /// <summary>The space after the last cluster.</summary>
    protected HostTail Tail => _tail ?? throw new InvalidOperationException("no space is taken before the tail is found");

    /// <summary>
    /// Host clusters that are taken, which a header counts. Known once space has been taken. Where the tail is
    /// <see cref="FreeSpace.AfterHighestMapped"/>, lost space before it counts too: others take what comes after that many.
    /// </summary>
    protected ulong TakenClusterCount => _lostSpace is null
        ? (ulong)Interlocked.Read(ref _mappedClusterCount)
        : Geometry.ToClusters(Tail.End.Value - Geometry.UnitBase);

    /// <summary>Whether space has been taken.</summary>
    private protected bool IsTailFound => Volatile.Read(ref _tail) is not null;

    /// <summary>Reserves host space. Drivers may choose where.</summary>
    protected virtual HostOffset Reserve(ulong bytes) => Tail.Take(bytes);

    /// <summary>Where free space begins when the image is opened.</summary>
    protected virtual async ValueTask<ulong> FindTailAsync(CancellationToken cancellation)
    {
        ulong end = Math.Max(Storage.Length, Geometry.DataStart);
        if (Counts is { } counts)
        {
            (ulong countedEnd, _lostSpace) = await counts.FindFreeAsync(cancellation).ConfigureAwait(false);
            end = Geometry.HostOf(Geometry.UnitFrom(Math.Max(end, countedEnd)));
            if (Storage.Length < end)
            {
                // What is counted is there from now on; nobody stores past the end before space can be taken.
                await Storage.SetLengthAsync(end, cancellation).ConfigureAwait(false);
            }
        }

        return end;
    }

    /// <summary>
    /// Reads the tables for the end of the highest cluster they map, and for the lost space before it.
    /// </summary>
    /// <exception cref="CorruptImageException">
    /// An entry points where no cluster can be: new clusters might come to lie there.
    /// </exception>
    protected async ValueTask<ulong> FindHighestMappedAsync(CancellationToken cancellation)
    {
        HighestMappedVisitor visitor = await VisitMappedAsync(cancellation).ConfigureAwait(false);
        _lostSpace = visitor.FindLostSpace();
        return visitor.End;
    }

    /// <summary>Counts the clusters that the tables map; free space begins at the end of the storage.</summary>
    protected async ValueTask<ulong> CountMappedAsync(CancellationToken cancellation)
    {
        HighestMappedVisitor visitor = await VisitMappedAsync(cancellation).ConfigureAwait(false);
        return Math.Max(visitor.End, Storage.Length);
    }

    private async ValueTask<HighestMappedVisitor> VisitMappedAsync(CancellationToken cancellation)
    {
        HighestMappedVisitor visitor = new(Storage.Name, Geometry, Storage.Length);
        await VisitAsync(visitor, cancellation).ConfigureAwait(false);
        Interlocked.Exchange(ref _mappedClusterCount, (long)visitor.ClusterCount);
        return visitor;
    }

    private void AddMappedClusters(ulong count) => Interlocked.Add(ref _mappedClusterCount, (long)count);

    /// <summary>Forgets what is free, so that it is found again. Nothing else may use the image meanwhile.</summary>
    private void ForgetSpace()
    {
        lock (_tailLock)
        {
            _tail = null;
        }

        _lostSpace = null;
        _knownHostEnd = 0;
        Interlocked.Exchange(ref _mappedClusterCount, 0);
    }

    /// <summary>Finds the tail before the first space is taken.</summary>
    private protected ValueTask EnsureTailAsync(CancellationToken cancellation) =>
        EnsureTailAtAsync(null, cancellation);

    /// <summary>Sets the tail, or finds it where no place is given, before the first space is taken.</summary>
    private async ValueTask EnsureTailAtAsync(ulong? place, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _tail) is not null)
        {
            return;
        }

        await _tailFound.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_tail is null)
            {
                ulong end = place ?? await FindTailAsync(cancellation).ConfigureAwait(false);
                lock (_tailLock)
                {
                    _tail = new HostTail(Storage, end, Geometry.Alignment, Geometry.UnitBase, _lostSpace ?? []);
                }
            }
        }
        finally
        {
            _tailFound.Release();
        }
    }
}
