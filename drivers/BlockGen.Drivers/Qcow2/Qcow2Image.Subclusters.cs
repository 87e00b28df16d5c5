namespace BlockGen.Drivers.Qcow2;

public sealed partial class Qcow2Image
{
    /// <summary>The first run of subclusters in a cluster whose L2 entry is an extended one.</summary>
    private async ValueTask<Extent> FindSubclustersAsync(
        HostRange table, ulong index, GuestRange range, CancellationToken cancellation)
    {
        Qcow2L2Entry entry = await ReadEntryAsync<Qcow2L2Entry>(table, index * 2, cancellation).ConfigureAwait(false);
        if (entry.Kind is MappingKind.Compressed)
        {
            return Compressed(entry, range);
        }

        Qcow2Subclusters map = await ReadEntryAsync<Qcow2Subclusters>(table, index * 2 + 1, cancellation)
            .ConfigureAwait(false);
        ulong subclusterBytes = ClusterSize / Qcow2Subclusters.Count;
        ulong inCluster = range.Start.Value % ClusterSize;
        int first = (int)(inCluster / subclusterBytes);
        MappingKind kind = map.KindOf(first)
            ?? throw Fault<Qcow2Subclusters>(table.Start, index * 2 + 1, $"has data and zeroes in subcluster {first}");
        if (entry.Host % ClusterSize != 0 || (kind is MappingKind.Data && entry.Host == 0))
        {
            throw Fault<Qcow2L2Entry>(
                table.Start, index * 2, $"has data at 0x{entry.Host:x}, not on a cluster boundary after the header");
        }

        int end = first + 1;
        while (end < Qcow2Subclusters.Count && map.KindOf(end) == kind)
        {
            end++;
        }

        range = range.Take((ulong)end * subclusterBytes - inCluster);
        return ExtentOf(kind, range, entry.Host == 0 ? HostOffset.None : new HostOffset(entry.Host) + inCluster);
    }
}
