using System.Numerics;
using System.Runtime.CompilerServices;

namespace BlockGen;

/// <summary>
/// An image whose clusters are found through tables: everything that is not the format. The generator derives each
/// driver from it and adds the lookup, the publish sequence and the hot paths.
/// </summary>
public abstract partial class MappedImage : Image
{
    private ulong _knownHostEnd; // a lower bound of HostEnd: space only grows; races only make it lower

    private protected MappedImage(IStorage storage, OpenOptions options)
        : base(storage, options)
    {
        Tables = new TableCache(storage, options.TableCacheBytes);
    }

    /// <inheritdoc/>
    public sealed override ulong Length => Volatile.Read(ref _length);

    /// <inheritdoc/>
    public sealed override ulong ClusterBytes => Geometry.ClusterBytes;

    /// <summary>The pages of the image's tables.</summary>
    public TableCache Tables { get; }

    /// <summary>Sizes and places; set by the generated constructor.</summary>
    /// <exception cref="ImageException">A size is none that clusters can have.</exception>
    protected ImageGeometry Geometry
    {
        get;
        init
        {
            field = Checked(value) with
            {
                StoredOf = HasCompressedClusters ? bits => UnitOf(bits, default).Stored : null,
            };
            _length = _end = value.Length;
        }
    }

    /// <summary>Clusters of the guest's disk.</summary>
    protected ulong GuestClusterCount => Geometry.ToClusters(Length);

    /// <summary>
    /// Finds the first extent with the tables that are in memory; false when one is not, or an entry is broken.
    /// </summary>
    protected abstract bool TryMap(GuestRange range, out Extent extent);

    /// <summary>
    /// Brings the tables for a guest offset into memory; throws <see cref="CorruptImageException"/> when an entry on the
    /// way is broken.
    /// </summary>
    protected abstract ValueTask LoadTablesAsync(GuestOffset offset, CancellationToken cancellation);

    /// <summary>
    /// Makes clusters visible in memory: data from <paramref name="host"/> on, or zeroes. The caller holds a claim.
    /// </summary>
    protected abstract ValueTask PublishAsync(
        GuestRange clusters, MappingKind kind, HostOffset host, CancellationToken cancellation);

    /// <summary>Carries table changes to the disk in the declared order.</summary>
    protected abstract ValueTask WriteBackAsync(TableWriteBack tables, CancellationToken cancellation);

    /// <summary>
    /// Writes one entry over the one at a host offset, past the tables in memory: for repairs of an idle image.
    /// </summary>
    /// <param name="role">Of the table that the entry is in.</param>
    /// <param name="at">Where the entry is.</param>
    /// <param name="kind">What it becomes.</param>
    /// <param name="host">The table or cluster that it names; meaningless for kinds that name none.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    protected abstract ValueTask StoreEntryAsync(
        TableRole role, HostOffset at, MappingKind kind, HostOffset host, CancellationToken cancellation);

    /// <summary>
    /// Whether the declared tables do not say all of this image: then it is read-only, and no table of it may be loaded
    /// into <see cref="Tables"/>.
    /// </summary>
    protected virtual bool FindsByMethod => false;

    /// <summary>Finds the first extent where <see cref="FindsByMethod"/>.</summary>
    protected virtual ValueTask<Extent> FindExtentAsync(GuestRange range, CancellationToken cancellation) =>
        throw new NotSupportedException($"{Storage.Name}: the tables say it all");

    /// <summary>Shows every table and cluster that the tables on disk name.</summary>
    protected abstract ValueTask VisitAsync(MappingVisitor visitor, CancellationToken cancellation);

    /// <summary>Whether clusters can be marked as zeroes without host space.</summary>
    protected abstract bool HasZeroClusters { get; }

    /// <summary>
    /// Whether a cluster's host offset can be one: on a boundary, after the metadata, not past the end.
    /// </summary>
    protected bool IsCluster(ulong host) =>
        host >= Geometry.DataStart
        && Geometry.IsAligned(host)
        && IsOutside(_firstTable, host)
        && (host < _knownHostEnd || host < HostEnd);

    /// <summary>Whether a table can be at a host offset.</summary>
    protected bool IsTable(ulong host, ulong tableBytes) =>
        host >= Geometry.TablesStart
        && Geometry.IsAligned(host)
        && IsBefore(host, tableBytes)
        && _firstTable is { } first
        && (host + tableBytes <= first.Start || host >= first.End);

    /// <summary>Where the host space ends that entries may point into.</summary>
    protected ulong HostEnd
    {
        get
        {
            ulong end = Volatile.Read(ref _tail) is { } tail ? Math.Max(Storage.Length, tail.End.Value) : Storage.Length;
            if (_knownHostEnd != end)
            {
                // Written only when that is news, so that readers share the cache line.
                _knownHostEnd = end;
            }

            return end;
        }
    }

    /// <summary>Clusters that a range touches; the range is not empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ulong TouchedClusters(GuestRange range) =>
        ((range.End - 1) >> Geometry.ClusterShift) - (range.Start.Value >> Geometry.ClusterShift) + 1;

    private static bool IsOutside(TablePlace table, ulong host) => host - table.Start >= table.Length;

    private bool IsBefore(ulong host, ulong bytes)
    {
        ulong end = host + bytes;
        return end >= host && (end <= _knownHostEnd || end <= HostEnd);
    }

    /// <summary>The fault of an entry that points where it cannot.</summary>
    protected CorruptImageException EntryFault(string entry, ulong table, ulong entryIndex, int entryBytes, ulong host) =>
        new(Storage.Name, table + entryIndex * (ulong)entryBytes, new LayoutFault(
            0,
            $"{entry} {entryIndex}",
            $"0x{host:x}",
            $"is not {Geometry.Boundary} between 0x{Geometry.DataStart:x} and 0x{HostEnd:x} "
            + $"outside the table at 0x{_firstTable.Start:x}"));

    /// <inheritdoc/>
    public sealed override ValueTask<Extent> MapAsync(GuestRange range, CancellationToken cancellation) =>
        CheckRange(range).Length == 0
            ? ValueTask.FromResult(Extent.Unallocated(range))
            : MapRunAsync(range, cancellation);

    /// <summary>The first extent of a range, which may lie past the end of a disk that is growing.</summary>
    private async ValueTask<Extent> MapRunAsync(GuestRange range, CancellationToken cancellation)
    {
        Extent extent = await MapFirstAsync(range, cancellation).ConfigureAwait(false);
        while (extent.Length < range.Length)
        {
            GuestRange rest = new(extent.Range.End, range.End - extent.Range.End);
            Extent next = await MapFirstAsync(rest, cancellation).ConfigureAwait(false);
            bool continues = next.Kind == extent.Kind
                && next.IsShared == extent.IsShared
                && (extent.Host == HostOffset.None
                    ? next.Host == HostOffset.None
                    : next.Host != HostOffset.None && next.Host == extent.Host + extent.Length);
            if (!continues || extent.Kind is MappingKind.Compressed)
            {
                break;
            }

            extent = extent with { Range = extent.Range with { Length = extent.Length + next.Length } };
        }

        return extent;
    }

    /// <inheritdoc/>
    public sealed override async ValueTask<Allocation> IsAllocatedAsync(
        GuestRange range, CancellationToken cancellation)
    {
        Extent extent = await MapAsync(range, cancellation).ConfigureAwait(false);
        return new Allocation(extent.IsAllocated, extent.Length);
    }

    /// <inheritdoc/>
    private protected sealed override async ValueTask<Extent> MapFirstAsync(GuestRange range, CancellationToken cancellation)
    {
        if (FindsByMethod)
        {
            return await FindExtentAsync(range, cancellation).ConfigureAwait(false);
        }

        Extent extent;
        while (!TryMap(range, out extent))
        {
            await LoadTablesAsync(range.Start, cancellation).ConfigureAwait(false);
        }

        return extent;
    }
}

/// <summary>An image's sizes and places, all in bytes.</summary>
/// <param name="Length">The guest's disk, when the image was opened.</param>
/// <param name="ClusterBytes">One cluster; a power of two.</param>
/// <param name="DataStart">Host offset where clusters may begin.</param>
/// <param name="TablesStart">Host offset where tables may begin.</param>
/// <param name="UnitBase">Host offset that clusters are aligned to.</param>
/// <param name="Alignment">
/// What host offsets of clusters are multiples of, from <paramref name="UnitBase"/> on; a power of two.
/// </param>
public readonly record struct ImageGeometry(
    ulong Length, ulong ClusterBytes, ulong DataStart, ulong TablesStart, ulong UnitBase, ulong Alignment)
{
    /// <summary>Base-2 logarithm of the cluster's size.</summary>
    public int ClusterShift { get; } = BitOperations.Log2(ClusterBytes);

    /// <summary>Where the bytes of a compressed cluster are, by its entry; null where entries do not tell.</summary>
    internal Func<ulong, HostRange>? StoredOf { get; init; }

    /// <summary>What host offsets of clusters are, in words.</summary>
    internal string Boundary => UnitBase % Alignment == 0
        ? $"a multiple of 0x{Alignment:x}"
        : $"a multiple of 0x{Alignment:x} after 0x{UnitBase:x}";

    /// <summary>Base-2 logarithm of the alignment.</summary>
    private int UnitShift { get; } = BitOperations.Log2(Alignment);

    /// <summary>How many clusters hold so many bytes.</summary>
    public ulong ToClusters(ulong bytes) => (bytes >> ClusterShift) + (bytes % ClusterBytes == 0 ? 0UL : 1UL);

    /// <summary>Whether a cluster can begin at a host offset.</summary>
    internal bool IsAligned(ulong host) => ((host - UnitBase) & (Alignment - 1)) == 0;

    /// <summary>The unit of host space, <see cref="Alignment"/> bytes long, that a host offset lies in.</summary>
    internal ulong UnitOf(ulong host) => (host - UnitBase) >> UnitShift;

    /// <summary>The first unit that begins at a host offset or after it.</summary>
    internal ulong UnitFrom(ulong host) => UnitOf(host + Alignment - 1);

    /// <summary>Where a unit begins.</summary>
    internal ulong HostOf(ulong unit) => UnitBase + (unit << UnitShift);
}
