using System.Buffers.Binary;

namespace BlockGen.Drivers.Qcow2;

/// <summary>What several roots name: the marks of entries ("COPIED"), and how often each cluster is used.</summary>
public sealed partial class Qcow2Image
{
    private const ulong UnsharedMark = 1UL << 63;

    /// <inheritdoc/>
    /// <remarks>The words are QEMU's.</remarks>
    protected override string DescribeWrongMark(WrongMark mark)
    {
        ulong entry = mark.SaysShared ? mark.Host : mark.Host | UnsharedMark;
        return mark.Level is MappingKind.Table
            ? $"OFLAG_COPIED L2 cluster: l1_index={mark.Index} l1_entry={entry:x} refcount={mark.Count}"
            : $"OFLAG_COPIED data cluster: l2_entry={entry:x} refcount={mark.Count}";
    }

    /// <inheritdoc/>
    protected override ValueTask RepairSharedMarksAsync(CancellationToken cancellation) =>
        MarkSharedAsync(new HostOffset(_firstTable), Header.L1EntryCount, cancellation);

    /// <summary>The clusters that a root names, in order and as often as it names them.</summary>
    private async ValueTask<List<ulong>> FindUsesAsync(
        HostOffset l1Table, uint entryCount, CancellationToken cancellation)
    {
        UsedClusters used = new(this);
        await VisitTablesAsync(used, l1Table.Value, entryCount, cancellation).ConfigureAwait(false);
        used.Found.Sort();
        return used.Found;
    }

    /// <summary>Marks the entries under a root whose clusters nothing else names, and no others.</summary>
    private async ValueTask MarkSharedAsync(HostOffset l1Table, uint entryCount, CancellationToken cancellation)
    {
        List<ulong> used = await FindUsesAsync(l1Table, entryCount, cancellation).ConfigureAwait(false);
        ulong[] counts = await _counts.FindAsync(used, cancellation).ConfigureAwait(false);
        bool IsAlone(ulong host) => used.BinarySearch(host / ClusterSize) is >= 0 and int index && counts[index] == 1;

        byte[] roots = await ReadTableBytesAsync(
            l1Table, (int)entryCount * Qcow2L1Entry.Size, cancellation).ConfigureAwait(false);
        HashSet<ulong> seen = [];
        for (int at = 0; at < roots.Length; at += Qcow2L1Entry.Size)
        {
            Qcow2L1Entry root = new(BinaryPrimitives.ReadUInt64BigEndian(roots.AsSpan(at)));
            if (root.Kind is MappingKind.Table && IsTable(root.Host, TableBytes) && seen.Add(root.Host))
            {
                HostOffset host = new(root.Host);
                byte[] entries = await ReadTableBytesAsync(host, (int)TableBytes, cancellation)
                    .ConfigureAwait(false);
                if (Mark(entries, IsAlone))
                {
                    await Storage.WriteAsync(host, entries, cancellation).ConfigureAwait(false);
                }
            }
        }

        if (Mark(roots, IsAlone))
        {
            await Storage.WriteAsync(l1Table, roots, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sets and clears marks in a table of either level; true when one was wrong.</summary>
    private static bool Mark(byte[] entries, Func<ulong, bool> isAlone)
    {
        bool isChanged = false;
        for (int at = 0; at < entries.Length; at += Qcow2L2Entry.Size)
        {
            Span<byte> bytes = entries.AsSpan(at);
            Qcow2L2Entry entry = new(BinaryPrimitives.ReadUInt64BigEndian(bytes));
            bool isAloneHere = entry.Kind is not MappingKind.Compressed && entry.Host != 0 && isAlone(entry.Host);
            ulong marked = isAloneHere ? entry.Raw | UnsharedMark : entry.Raw & ~UnsharedMark;
            isChanged |= marked != entry.Raw;
            BinaryPrimitives.WriteUInt64BigEndian(bytes, marked);
        }

        return isChanged;
    }

    /// <summary>Collects the clusters that tables and their entries name; refuses what is broken.</summary>
    private sealed class UsedClusters(Qcow2Image image) : MappingVisitor
    {
        public List<ulong> Found { get; } = [];

        public override bool Table(string name, in MappedEntry entry, ulong tableBytes)
        {
            Add(name, entry.Index, entry.At, new HostRange(entry.Host, tableBytes));
            return true;
        }

        public override void Clusters(string name, ReadOnlySpan<MappedEntry> clusters)
        {
            foreach (MappedEntry cluster in clusters)
            {
                if (cluster.Kind is MappingKind.Compressed)
                {
                    HostRange stored = new Qcow2L2Entry(cluster.Bits).Stored(image.Header.ClusterBits);
                    ulong present = Math.Min(stored.Length, image.HostEnd - Math.Min(image.HostEnd, stored.Start.Value));
                    Add(name, cluster.Index, cluster.At, stored with { Length = present });
                }
                else if (cluster.Host != 0)
                {
                    Add(name, cluster.Index, cluster.At, new HostRange(cluster.Host, 1));
                }
            }
        }

        private void Add(string name, ulong index, ulong at, HostRange used)
        {
            ulong cluster = used.Start.Value / image.ClusterSize;
            bool isSound = used.Length > 0 && used.Length <= image.HostEnd && used.Start.Value <= image.HostEnd - used.Length;
            if (!isSound || cluster == 0)
            {
                throw image.EntryFault(name, at - index, index, 1, used.Start.Value);
            }

            for (ulong end = (used.End - 1) / image.ClusterSize; cluster <= end; cluster++)
            {
                Found.Add(cluster);
            }
        }
    }
}
