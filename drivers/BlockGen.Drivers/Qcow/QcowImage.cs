namespace BlockGen.Drivers.Qcow;

/// <summary>QEMU copy-on-write, version 1: two levels of tables and compressed clusters; read only.</summary>
[ImageFormat("qcow", Header = typeof(QcowHeader))]
public sealed partial class QcowImage
{
    private const ulong MaxL1EntryCount = int.MaxValue / sizeof(ulong);

    [GuestSize] private ulong GuestSize => Header.DiskSize;

    [ClusterSize] private ulong ClusterSize => Header.ClusterBytes;

    [BackingName] private HostRange BackingName => Header.BackingNameOffset == 0
        ? default
        : new HostRange(Header.BackingNameOffset, Header.BackingNameSize);

    private ulong L2EntryCount => 1UL << Header.L2Bits;

    private ulong L2GuestBytes => L2EntryCount * ClusterSize;

    private ulong L1EntryCount => (GuestSize - 1) / L2GuestBytes + 1;

    private HostRange L1Table => new(Header.L1TableOffset, L1EntryCount * sizeof(ulong));

    [Opening]
    private ValueTask RefuseUnsupportedAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Header.EncryptionMethod != 0)
        {
            throw new ImageException($"{Storage.Name}: encrypted images are not supported");
        }

        return L1EntryCount <= MaxL1EntryCount
            ? ValueTask.CompletedTask
            : throw new CorruptImageException(Storage.Name, 0, new LayoutFault(
                24, nameof(Header.DiskSize), $"{GuestSize}", $"needs more than {MaxL1EntryCount} L1 entries"));
    }

    [LookupMethod]
    private async ValueTask<Extent> FindAsync(GuestRange range, CancellationToken cancellation)
    {
        ulong inTable = range.Start.Value % L2GuestBytes;
        range = range.Take(L2GuestBytes - inTable);
        QcowL1Entry entry = await ReadEntryAsync<QcowL1Entry>(L1Table, range.Start.Value / L2GuestBytes, cancellation)
            .ConfigureAwait(false);
        return entry.Kind is MappingKind.Unallocated
            ? Extent.Unallocated(range)
            : await FindClustersAsync(
                new HostRange(entry.Units, L2EntryCount * sizeof(ulong)), inTable / ClusterSize, range, cancellation)
                .ConfigureAwait(false);
    }

    private async ValueTask<Extent> FindClustersAsync(
        HostRange table, ulong index, GuestRange range, CancellationToken cancellation)
    {
        ulong inCluster = range.Start.Value % ClusterSize;
        ulong most = (inCluster + range.Length + ClusterSize - 1) / ClusterSize;
        QcowL2Entry[] entries = await ReadEntriesAsync<QcowL2Entry>(table, index, most, cancellation)
            .ConfigureAwait(false);
        QcowL2Entry first = entries[0];
        if (first.Kind is MappingKind.Compressed)
        {
            GuestRange cluster = new(range.Start.Value - inCluster, ClusterSize);
            CompressedUnit unit = new(cluster, first.Stored(Header.ClusterBits), Decompressors.Deflate);
            return Extent.Compressed(range.Take(ClusterSize - inCluster), unit);
        }

        int count = 1;
        while (count < entries.Length && entries[count].Kind == first.Kind
            && (first.Kind is MappingKind.Unallocated || entries[count].Raw - first.Raw == (ulong)count * ClusterSize))
        {
            count++;
        }

        range = range.Take((ulong)count * ClusterSize - inCluster);
        return first.Kind is MappingKind.Unallocated
            ? Extent.Unallocated(range)
            : Extent.Data(range, new HostOffset(first.Raw) + inCluster);
    }
}

/// <summary>One slot of the L1 table: where an L2 table starts, or nothing yet.</summary>
[TableEntry(ByteOrder.Big)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Table, Otherwise = true)]
public readonly partial record struct QcowL1Entry(ulong Raw);

/// <summary>One slot of an L2 table: where a cluster starts, stored as it is or compressed.</summary>
[TableEntry(ByteOrder.Big)]
[EntryIs(MappingKind.Compressed, Mask = 1UL << 63, Equal = 1UL << 63)]
[EntryIs(MappingKind.Unallocated, Equal = 0)]
[EntryIs(MappingKind.Data, Otherwise = true)]
public readonly partial record struct QcowL2Entry(ulong Raw)
{
    /// <summary>Where the bytes of a compressed cluster are: its length stands above its offset.</summary>
    internal HostRange Stored(int clusterBits)
    {
        int offsetBits = 63 - clusterBits;
        return new HostRange(Raw & ((1UL << offsetBits) - 1), Raw >> offsetBits & ((1UL << clusterBits) - 1));
    }
}
