namespace BlockGen;

/// <summary>Looks at every table and cluster that an image's tables name.</summary>
public abstract class MappingVisitor
{
    /// <summary>A table.</summary>
    /// <param name="name">The entry that points at it, or "root table".</param>
    /// <param name="entryIndex">That entry's index.</param>
    /// <param name="at">Where that entry is in the storage.</param>
    /// <param name="host">Where the table is.</param>
    /// <param name="tableBytes">Its bytes.</param>
    /// <returns>Whether it can be read.</returns>
    public abstract bool Table(string name, ulong entryIndex, ulong at, ulong host, ulong tableBytes);

    /// <summary>A cluster that is not unallocated.</summary>
    /// <param name="name">The entry that maps it.</param>
    /// <param name="guestCluster">Its index in the guest's disk.</param>
    /// <param name="at">Where the entry is in the storage.</param>
    /// <param name="kind">What the entry says.</param>
    /// <param name="host">Where the cluster is; meaningless for zeroes.</param>
    public abstract void Cluster(string name, ulong guestCluster, ulong at, MappingKind kind, ulong host);
}

/// <summary>Finds where the highest cluster ends.</summary>
internal sealed class HighestMappedVisitor(ImageGeometry geometry) : MappingVisitor
{
    /// <summary>Host offset after the highest cluster or table.</summary>
    public ulong End { get; private set; } = geometry.DataStart;

    /// <summary>Clusters with host space.</summary>
    public ulong ClusterCount { get; private set; }

    /// <inheritdoc/>
    public override bool Table(string name, ulong entryIndex, ulong at, ulong host, ulong tableBytes)
    {
        if (host > long.MaxValue - tableBytes)
        {
            return false;
        }

        End = Math.Max(End, host + tableBytes);
        return true;
    }

    /// <inheritdoc/>
    public override void Cluster(string name, ulong guestCluster, ulong at, MappingKind kind, ulong host)
    {
        if (kind is MappingKind.Data && host <= long.MaxValue - geometry.ClusterBytes)
        {
            End = Math.Max(End, host + geometry.ClusterBytes);
            ClusterCount++;
        }
    }
}
