namespace BlockGen.Drivers.Qcow2;

/// <summary>QEMU copy-on-write 2 and 3: two levels of tables, compressed clusters, subclusters; read only.</summary>
[ImageFormat("qcow2", Header = typeof(Qcow2Header))]
public sealed partial class Qcow2Image
{
    [GuestSize] private ulong GuestSize => Header.DiskSize;

    [ClusterSize] private ulong ClusterSize => Header.ClusterBytes;

    [BackingName] private HostRange BackingName => Header.BackingNameOffset == 0
        ? default
        : new HostRange(Header.BackingNameOffset, Header.BackingNameSize);

    [BackingFormat] private string? BackingFormat => _backingFormat;

    private HostRange L1Table => new(Header.L1TableOffset, Header.L1EntryCount * (ulong)Qcow2L1Entry.Size);

    /// <summary>Entries in an L2 table, each one for a cluster.</summary>
    private ulong L2EntryCount => ClusterSize / (ulong)Qcow2L2Entry.Size / (Header.HasSubclusters ? 2UL : 1);

    private ulong L2GuestBytes => L2EntryCount * ClusterSize;

    private bool IsZstandard =>
        Header.Features.HasFlag(Qcow2Features.CompressionType) && Header.CompressionType == 1;

    private Decompressor Decompress => IsZstandard ? Zstandard.Decompress : Decompressors.Deflate;

    [LookupMethod]
    private async ValueTask<Extent> FindAsync(GuestRange range, CancellationToken cancellation)
    {
        ulong l1Index = range.Start.Value / L2GuestBytes;
        ulong inTable = range.Start.Value % L2GuestBytes;
        Qcow2L1Entry entry = await ReadEntryAsync<Qcow2L1Entry>(L1Table, l1Index, cancellation).ConfigureAwait(false);
        if (entry.Kind is MappingKind.Unallocated)
        {
            ulong tables = await CountUnallocatedAsync(l1Index, range, cancellation).ConfigureAwait(false);
            return Extent.Unallocated(range.Take(tables * L2GuestBytes - inTable));
        }

        HostRange table = new(entry.Host, ClusterSize);
        if (table.Start.Value % ClusterSize != 0)
        {
            throw Fault<Qcow2L1Entry>(L1Table.Start, l1Index, $"is at {table.Start}, not on a cluster boundary");
        }

        range = range.Take(L2GuestBytes - inTable);
        ulong index = inTable / ClusterSize;
        return Header.HasSubclusters
            ? await FindSubclustersAsync(table, index, range, cancellation).ConfigureAwait(false)
            : await FindClustersAsync(table, index, range, cancellation).ConfigureAwait(false);
    }

    /// <summary>Counts the L1 entries without a table, as far as the range goes.</summary>
    private async ValueTask<ulong> CountUnallocatedAsync(ulong index, GuestRange range, CancellationToken cancellation)
    {
        ulong most = (range.End - 1) / L2GuestBytes - index + 1;
        Qcow2L1Entry[] entries = await ReadEntriesAsync<Qcow2L1Entry>(L1Table, index, most, cancellation)
            .ConfigureAwait(false);
        int count = Array.FindIndex(entries, entry => entry.Kind is not MappingKind.Unallocated);
        return (ulong)(count < 0 ? entries.Length : count);
    }

    private async ValueTask<Extent> FindClustersAsync(
        HostRange table, ulong index, GuestRange range, CancellationToken cancellation)
    {
        ulong inCluster = range.Start.Value % ClusterSize;
        ulong most = (inCluster + range.Length + ClusterSize - 1) / ClusterSize;
        Qcow2L2Entry[] entries = await ReadEntriesAsync<Qcow2L2Entry>(table, index, most, cancellation)
            .ConfigureAwait(false);
        Qcow2L2Entry first = Checked(table, index, entries[0]);
        if (first.Kind is MappingKind.Compressed)
        {
            return Compressed(first, range);
        }

        int count = 1;
        while (count < entries.Length && Continues(first, entries[count], (ulong)count * ClusterSize))
        {
            count++;
        }

        GuestRange run = range.Take((ulong)count * ClusterSize - inCluster);
        return ExtentOf(first.Kind, run, first.Host == 0 ? HostOffset.None : new HostOffset(first.Host) + inCluster);
    }

    private static bool Continues(Qcow2L2Entry first, Qcow2L2Entry next, ulong distance) =>
        next.Kind == first.Kind && (first.Host == 0 ? next.Host == 0 : next.Host - first.Host == distance);

    private Qcow2L2Entry Checked(HostRange table, ulong index, Qcow2L2Entry entry)
    {
        if (entry.Kind is MappingKind.Zero && Header.Version == 2)
        {
            throw Fault<Qcow2L2Entry>(table.Start, index, "is a cluster of zeroes, which version 2 has not");
        }

        if (entry.Kind is not MappingKind.Compressed && entry.Host % ClusterSize != 0)
        {
            throw Fault<Qcow2L2Entry>(table.Start, index, $"is at 0x{entry.Host:x}, not on a cluster boundary");
        }

        return entry;
    }

    private Extent Compressed(Qcow2L2Entry entry, GuestRange range)
    {
        GuestRange cluster = new(range.Start.Value / ClusterSize * ClusterSize, ClusterSize);
        HostRange stored = entry.Stored(Header.ClusterBits);

        // The last sector may be cut off where nothing follows it.
        ulong present = Math.Min(stored.Length, Storage.Length - Math.Min(Storage.Length, stored.Start.Value));
        CompressedUnit unit = new(cluster, stored with { Length = present }, Decompress);
        return Extent.Compressed(range.Take(cluster.End - range.Start.Value), unit);
    }

    /// <summary>
    /// An extent of one kind; zeroes may keep the place that data had. What lies past the end of the file was never
    /// written, and is zero.
    /// </summary>
    private Extent ExtentOf(MappingKind kind, GuestRange range, HostOffset host) => kind switch
    {
        MappingKind.Data when host.Value >= Storage.Length => Extent.Zero(range),
        MappingKind.Data => Extent.Data(range.Take(Storage.Length - host.Value), host),
        _ => new Extent(range, kind, host),
    };
}
