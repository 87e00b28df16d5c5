namespace BlockGen.Tests.Copying;

/// <summary>
/// An image that keeps its clusters in memory and does nothing by itself that the runtime should do: what the copying
/// tests copy into and out of. Hooks run before each request reaches the clusters.
/// </summary>
internal class SparseImage(ulong length, ulong clusterBytes, OpenOptions? options = null, string name = "sparse")
    : Image(new MemoryStorage(0, name), options ?? new OpenOptions())
{
    private static readonly ImageFormat s_format = new()
    {
        Name = "sparse",
        HasBacking = true,
        OpenAsync = (_, _, _) => throw new NotSupportedException("sparse images live in memory only"),
    };

    private readonly object _lock = new();
    private readonly SortedDictionary<ulong, byte[]?> _clusters = []; // null: zeroes; guarded by _lock
    private readonly SortedSet<ulong> _indices = []; // guarded by _lock
    private int _mapCalls;

    public Func<GuestRange, CancellationToken, ValueTask>? BeforeRead { get; set; }

    public Func<GuestRange, CancellationToken, ValueTask>? BeforeWrite { get; set; }

    public Func<GuestRange, CancellationToken, ValueTask>? BeforeStore { get; set; }

    public Func<CancellationToken, ValueTask>? BeforeFlush { get; set; }

    public BackingLink? Link { get; set; }

    public int MapCalls => Volatile.Read(ref _mapCalls);

    public int AllocatedClusters
    {
        get
        {
            lock (_lock)
            {
                return _clusters.Count;
            }
        }
    }

    public bool IsDisposed { get; private set; }

    public override ImageFormat Driver => s_format;

    public override ulong Length => length;

    public override ulong ClusterBytes => clusterBytes;

    public override BackingLink? BackingLink => Link;

    public override async ValueTask ReadAsync(
        GuestOffset offset, GuestReadBuffer target, CancellationToken cancellation)
    {
        GuestRange range = CheckRange(offset, target.Length);
        if (BeforeRead is { } before)
        {
            await before(range, cancellation);
        }

        using BackingLease backing = RentBacking();
        while (range.Length > 0)
        {
            Extent extent = await MapAsync(range, cancellation);
            GuestReadBuffer part = target.Slice(0, (int)extent.Length);
            if (extent.IsAllocated)
            {
                CopyOut(extent.Range, part);
            }
            else
            {
                await ReadUnallocatedAsync(backing.Image, extent.Range, part, cancellation);
            }

            target = target.Slice((int)extent.Length);
            range = new GuestRange(extent.Range.End, range.Length - extent.Length);
        }
    }

    public override async ValueTask WriteAsync(
        GuestOffset offset, GuestWriteBuffer source, CancellationToken cancellation)
    {
        GuestRange range = CheckRange(offset, source.Length);
        CheckWritable();
        using RangeTicket ticket = await Tracker.EnterAsync(
            range.AlignOutward(clusterBytes), RangeAccess.Claim, cancellation);
        if (BeforeWrite is { } before)
        {
            await before(range, cancellation);
        }

        byte[] data = source.DangerousGetMemory().ToArray();
        using BackingLease backing = RentBacking();
        foreach (GuestRange part in Clusters(range))
        {
            byte[] cluster = Find(part) is { } old
                ? (byte[])old.Clone()
                : await FetchAsync(backing.Image, part, cancellation);
            data.AsSpan((int)(part.Start.Value - offset.Value), (int)part.Length)
                .CopyTo(cluster.AsSpan((int)(part.Start.Value % clusterBytes)));
            Put(part, cluster);
        }
    }

    public override async ValueTask WriteZeroesAsync(GuestRange range, ZeroMode mode, CancellationToken cancellation) =>
        await WriteAsync(range.Start, new byte[range.Length], cancellation);

    public override ValueTask DiscardAsync(GuestRange range, CancellationToken cancellation) => ValueTask.CompletedTask;

    public override ValueTask FlushAsync(CancellationToken cancellation) =>
        BeforeFlush is { } before ? before(cancellation) : ValueTask.CompletedTask;

    public override ValueTask<Extent> MapAsync(GuestRange range, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _mapCalls);
        CheckRange(range);
        lock (_lock)
        {
            ulong index = range.Start.Value / clusterBytes;
            ulong last = (range.End - 1) / clusterBytes;
            if (!_clusters.TryGetValue(index, out byte[]? cluster))
            {
                ulong next = _indices.GetViewBetween(index, last).Min;
                ulong end = next > index ? Math.Min(next * clusterBytes, range.End) : range.End;
                return ValueTask.FromResult(Extent.Unallocated(new GuestRange(range.Start, end - range.Start.Value)));
            }

            ulong same = index + 1;
            while (same <= last && _clusters.TryGetValue(same, out byte[]? other) && other is null == cluster is null)
            {
                same++;
            }

            GuestRange run = new(range.Start, Math.Min(same * clusterBytes, range.End) - range.Start.Value);
            return ValueTask.FromResult(cluster is null ? Extent.Zero(run) : Extent.Data(run, new HostOffset(0)));
        }
    }

    public override async ValueTask<Allocation> IsAllocatedAsync(GuestRange range, CancellationToken cancellation)
    {
        Extent extent = await MapAsync(range, cancellation);
        return new Allocation(extent.IsAllocated, extent.Length);
    }

    public override ValueTask<CheckReport> CheckAsync(CancellationToken cancellation) =>
        ValueTask.FromResult(new CheckReport());

    public override ImageDescription Describe() => new("sparse", "", "", [], []);

    public override ValueTask RewriteBackingLinkAsync(BackingLink? link, CancellationToken cancellation)
    {
        Link = link;
        return ValueTask.CompletedTask;
    }

    /// <summary>Fills clusters, without any of the machinery.</summary>
    public void Set(ulong offset, ReadOnlySpan<byte> data)
    {
        foreach (GuestRange part in Clusters(new GuestRange(offset, (ulong)data.Length)))
        {
            byte[] cluster = Find(part) is { } old ? old : new byte[clusterBytes];
            data.Slice((int)(part.Start.Value - offset), (int)part.Length)
                .CopyTo(cluster.AsSpan((int)(part.Start.Value % clusterBytes)));
            Put(part, cluster);
        }
    }

    /// <summary>Makes a cluster one of zeroes.</summary>
    public void SetZero(ulong offset) => Put(new GuestRange(offset, clusterBytes), null);

    internal override async ValueTask<ulong> StoreIfUnallocatedAsync(
        GuestRange range, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        Assert.Equal(0ul, range.Start.Value % clusterBytes);
        Assert.True(range.End % clusterBytes == 0 || range.End == length);
        if (BeforeStore is { } before)
        {
            await before(range, cancellation);
        }

        ulong stored = 0;
        foreach (GuestRange part in Clusters(range))
        {
            byte[] cluster = new byte[clusterBytes];
            data.Slice((int)(part.Start.Value - range.Start.Value), (int)part.Length).CopyTo(cluster);
            stored += TryAdd(part, cluster) ? part.Length : 0;
        }

        return stored;
    }

    internal override async ValueTask StoreZeroesIfUnallocatedAsync(GuestRange range, CancellationToken cancellation)
    {
        if (BeforeStore is { } before)
        {
            await before(range, cancellation);
        }

        foreach (GuestRange part in Clusters(range))
        {
            TryAdd(part, null);
        }
    }

    private protected virtual ValueTask ReadUnallocatedAsync(
        Image? backing, GuestRange range, GuestReadBuffer target, CancellationToken cancellation) =>
        ReadThroughAsync(backing, range, target, cancellation);

    private protected override async ValueTask CloseAsync()
    {
        await base.CloseAsync();
        IsDisposed = true;
    }

    private async ValueTask<byte[]> FetchAsync(Image? backing, GuestRange part, CancellationToken cancellation)
    {
        byte[] cluster = new byte[clusterBytes];
        if (!IsAllocated(part))
        {
            GuestRange whole = part.AlignOutward(clusterBytes);
            await ReadPaddedAsync(backing, whole, cluster, cancellation);
        }

        return cluster;
    }

    private void CopyOut(GuestRange range, GuestReadBuffer target)
    {
        foreach (GuestRange part in Clusters(range))
        {
            GuestReadBuffer slice = target.Slice((int)(part.Start.Value - range.Start.Value), (int)part.Length);
            if (Find(part) is { } cluster)
            {
                slice.Fill(cluster.AsSpan((int)(part.Start.Value % clusterBytes), (int)part.Length));
            }
            else
            {
                slice.Clear();
            }
        }
    }

    private IEnumerable<GuestRange> Clusters(GuestRange range)
    {
        for (ulong at = range.Start.Value; at < range.End;)
        {
            ulong end = Math.Min(at - at % clusterBytes + clusterBytes, range.End);
            yield return new GuestRange(at, end - at);
            at = end;
        }
    }

    private bool IsAllocated(GuestRange part)
    {
        lock (_lock)
        {
            return _clusters.ContainsKey(part.Start.Value / clusterBytes);
        }
    }

    private byte[]? Find(GuestRange part)
    {
        lock (_lock)
        {
            return _clusters.GetValueOrDefault(part.Start.Value / clusterBytes);
        }
    }

    private void Put(GuestRange part, byte[]? cluster)
    {
        lock (_lock)
        {
            _clusters[part.Start.Value / clusterBytes] = cluster;
            _indices.Add(part.Start.Value / clusterBytes);
        }
    }

    private bool TryAdd(GuestRange part, byte[]? cluster)
    {
        lock (_lock)
        {
            _indices.Add(part.Start.Value / clusterBytes);
            return _clusters.TryAdd(part.Start.Value / clusterBytes, cluster);
        }
    }
}
