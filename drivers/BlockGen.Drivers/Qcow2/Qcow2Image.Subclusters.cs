using BlockGen.Drivers.Qcow;

namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    private OwnTables? _ownTables; // set while opening an image that the declared tables do not describe

    /// <inheritdoc/>
    protected override bool FindsByMethod => Header.HasSubclusters || Header.EncryptionMethod == LegacyAes.Method;

    private ulong WordsPerEntry => Header.HasSubclusters ? 2UL : 1;

    /// <inheritdoc/>
    protected override async ValueTask<Extent> FindExtentAsync(GuestRange range, CancellationToken cancellation)
    {
        (TableLevel<Qcow2L1Entry> l1, TableLevel<Qcow2L2Entry> l2, TableLevel<Qcow2Subclusters> maps) = _ownTables!;
        ulong l2GuestBytes = l2.EntryCount / WordsPerEntry * ClusterSize;
        ulong l1Index = range.Start.Value / l2GuestBytes;
        ulong inTable = range.Start.Value % l2GuestBytes;
        range = range.Take(l2GuestBytes - inTable);
        Qcow2L1Entry root = await l1.LoadAsync(_firstTable, l1Index, cancellation).ConfigureAwait(false);
        if (root.Kind is MappingKind.Unallocated)
        {
            return Extent.Unallocated(range);
        }

        ulong table = l1.HostOf(root);
        if (!IsTable(table, TableBytes))
        {
            throw EntryFault(nameof(Qcow2L1Entry), _firstTable, l1Index, Qcow2L1Entry.Size, table);
        }

        ulong index = inTable / ClusterSize * WordsPerEntry;
        Qcow2L2Entry entry = await l2.LoadAsync(table, index, cancellation).ConfigureAwait(false);
        ulong inCluster = inTable % ClusterSize;
        if (entry.Kind is MappingKind.Compressed)
        {
            CompressedUnit unit = Compressed(entry.Raw, new GuestRange(range.Start.Value - inCluster, ClusterSize));
            return IsSound(MappingKind.Compressed, unit.Stored.Start.Value, entry.Raw)
                ? Extent.Compressed(range.Take(ClusterSize - inCluster), unit)
                : throw EntryFault(nameof(Qcow2L2Entry), table, index, Qcow2L2Entry.Size, unit.Stored.Start.Value);
        }

        Extent found = Header.HasSubclusters
            ? FindSubclusters(
                entry, await maps.LoadAsync(table, index + 1, cancellation).ConfigureAwait(false), table, index, range)
            : FindCluster(entry, table, index, range.Take(ClusterSize - inCluster));
        return _aes is { } aes ? aes.Decrypting(found) : found;
    }

    private Extent FindCluster(Qcow2L2Entry entry, ulong table, ulong index, GuestRange range)
    {
        if (!IsSound(entry.Kind, entry.Host, entry.Raw))
        {
            throw EntryFault(nameof(Qcow2L2Entry), table, index, Qcow2L2Entry.Size, entry.Host);
        }

        return entry.Kind is MappingKind.Data
            ? Extent.Data(range, new HostOffset(entry.Host + range.Start.Value % ClusterSize))
            : new Extent(range, entry.Kind, HostOffset.None);
    }

    /// <summary>The first run of subclusters in a cluster whose L2 entry is an extended one.</summary>
    private Extent FindSubclusters(Qcow2L2Entry entry, Qcow2Subclusters map, ulong table, ulong index, GuestRange range)
    {
        ulong subclusterBytes = ClusterSize / Qcow2Subclusters.Count;
        ulong inCluster = range.Start.Value % ClusterSize;
        int first = (int)(inCluster / subclusterBytes);
        MappingKind? kind = map.KindOf(first);
        bool isSound = kind is not null
            && (entry.Host == 0 ? kind is not MappingKind.Data : entry.Host % ClusterSize == 0);
        if (!isSound)
        {
            throw EntryFault(nameof(Qcow2Subclusters), table, index, Qcow2L2Entry.Size, entry.Host);
        }

        int end = first + 1;
        while (end < Qcow2Subclusters.Count && map.KindOf(end) == kind)
        {
            end++;
        }

        range = range.Take((ulong)end * subclusterBytes - inCluster);
        ulong host = checked(entry.Host + inCluster);
        return kind switch
        {
            MappingKind.Data when host >= Storage.Length => Extent.Zero(range),
            MappingKind.Data => Extent.Data(range.Take(Storage.Length - host), new HostOffset(host)),
            _ => new Extent(range, kind!.Value, entry.Host == 0 ? HostOffset.None : new HostOffset(host)),
        };
    }

    private OwnTables MakeOwnTables()
    {
        TableCache cache = new(Storage, Options.TableCacheBytes);
        EntryUnits sectors = new(0, Header.SectorBytes);
        return new OwnTables(
            new TableLevel<Qcow2L1Entry>(cache, TableRole.Root, FirstTableBytes, sectors, ClusterSize),
            new TableLevel<Qcow2L2Entry>(cache, TableRole.Leaf, TableBytes, sectors, ClusterSize),
            new TableLevel<Qcow2Subclusters>(cache, TableRole.Leaf, TableBytes, EntryUnits.ByteOffsets, ClusterSize));
    }

    /// <summary>The levels of tables; where there are subclusters, entries of the second are twice as long.</summary>
    private sealed record OwnTables(
        TableLevel<Qcow2L1Entry> L1, TableLevel<Qcow2L2Entry> L2, TableLevel<Qcow2Subclusters> Maps);
}
