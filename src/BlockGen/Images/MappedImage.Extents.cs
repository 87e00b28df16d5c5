using System.Runtime.CompilerServices;

namespace BlockGen;

public abstract partial class MappedImage
{
    /// <summary>Whether entries for compressed clusters are understood.</summary>
    protected virtual bool HasCompressedClusters => false;

    /// <summary>What the entry for a compressed cluster says.</summary>
    protected virtual CompressedUnit UnitOf(ulong entryBits, GuestRange cluster) =>
        throw new NotSupportedException($"{Storage.Name}: compressed clusters cannot be read");

    /// <summary>Whether an entry names what it can.</summary>
    protected bool IsSound(MappingKind kind, ulong host, ulong bits) => kind switch
    {
        MappingKind.Data => IsCluster(host),
        MappingKind.Compressed when HasCompressedClusters => IsInFile(UnitOf(bits, default).Stored),
        MappingKind.Zero => HasZeroClusters,
        _ => true,
    };

    /// <summary>
    /// The extent that a run of entries says, cut to the range; false when the run points where it cannot.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool TryExtent(GuestRange range, EntryRun run, out Extent extent)
    {
        ulong offset = range.Start.Value & (Geometry.ClusterBytes - 1);
        if (run.Kind is not (MappingKind.Data or MappingKind.Compressed))
        {
            GuestRange all = range.Take((run.Count << Geometry.ClusterShift) - offset);
            bool hasPlace = run.Host != HostOffset.None.Value;
            extent = new Extent(all, run.Kind, hasPlace ? new HostOffset(run.Host + offset) : HostOffset.None);
            return run.Kind is not MappingKind.Zero || HasZeroClusters;
        }

        if (run.Kind is MappingKind.Compressed && HasCompressedClusters)
        {
            return TryCompressed(range, offset, run.Bits, out extent);
        }

        if (!IsCluster(run.Host))
        {
            extent = default;
            return false;
        }

        // Later clusters of the run may lie in the first table or past the end: they are refused when it is their turn.
        ulong count = run.Count == 1 ? 1 : Math.Min(run.Count, Geometry.ToClusters(ReachOf(run.Host) - run.Host));
        GuestRange mapped = range.Take((count << Geometry.ClusterShift) - offset);
        extent = new Extent(mapped, run.Kind, new HostOffset(run.Host + offset)) { IsShared = run.IsShared };
        if (Counts is not null && extent.Host.Value + mapped.Length > HostEnd)
        {
            extent = UpToEnd(extent);
        }

        return true;
    }

    /// <summary>What of a cluster lies past the end of a file was never written, and is zero.</summary>
    private Extent UpToEnd(Extent extent) => extent.Host.Value < HostEnd
        ? extent with { Range = extent.Range.Take(HostEnd - extent.Host.Value) }
        : Extent.Zero(extent.Range);

    private bool TryCompressed(GuestRange range, ulong offset, ulong bits, out Extent extent)
    {
        CompressedUnit unit = UnitOf(bits, new GuestRange(range.Start.Value - offset, Geometry.ClusterBytes));
        extent = Extent.Compressed(range.Take(Geometry.ClusterBytes - offset), unit);
        return IsInFile(unit.Stored);
    }

    private bool IsInFile(HostRange range) =>
        range.Length > 0 && range.Start.Value < Storage.Length && range.Length <= Storage.Length - range.Start.Value;

    /// <summary>Where the space ends that clusters from a host offset on can take.</summary>
    private ulong ReachOf(ulong host) =>
        _firstTable is { } first && host < first.Start ? Math.Min(first.Start, HostEnd) : HostEnd;
}
