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

/// <summary>Finds where the highest cluster ends and what is lost before it.</summary>
internal sealed class HighestMappedVisitor(string file, ImageGeometry geometry, ulong hostEnd) : MappingVisitor
{
    private readonly HostSpaceMap _used = new();

    /// <summary>Host offset after the highest cluster or table.</summary>
    public ulong End { get; private set; } = geometry.DataStart;

    /// <summary>Clusters with host space.</summary>
    public ulong ClusterCount { get; private set; }

    /// <inheritdoc/>
    public override bool Table(string name, ulong entryIndex, ulong at, ulong host, ulong tableBytes)
    {
        if (at != HostOffset.None.Value)
        {
            Use(name, entryIndex, at, host, geometry.TablesStart, tableBytes);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Cluster(string name, ulong guestCluster, ulong at, MappingKind kind, ulong host)
    {
        if (kind is MappingKind.Data)
        {
            Use(name, guestCluster, at, host, geometry.DataStart, geometry.ClusterBytes);
            ClusterCount++;
        }
    }

    /// <summary>The space between the first possible cluster and the highest one that nothing maps.</summary>
    public IReadOnlyList<HostRange> FindLostSpace()
    {
        List<HostRange> lost = [];
        ulong end = (End - geometry.UnitBase) / geometry.Alignment;
        ulong first = (geometry.DataStart - geometry.UnitBase + geometry.Alignment - 1) / geometry.Alignment;
        foreach ((ulong start, ulong count) in _used.FindGaps(first, end))
        {
            lost.Add(new HostRange(geometry.UnitBase + start * geometry.Alignment, count * geometry.Alignment));
        }

        return lost;
    }

    private void Use(string name, ulong index, ulong at, ulong host, ulong start, ulong bytes)
    {
        if (host < start || host >= hostEnd || (host - geometry.UnitBase) % geometry.Alignment != 0)
        {
            throw new CorruptImageException(file, at, new LayoutFault(
                0,
                $"{name} {index}",
                $"0x{host:x}",
                $"is not {geometry.Boundary} between 0x{start:x} and 0x{hostEnd:x}; no space is taken in such an image"));
        }

        for (ulong place = host; place < host + bytes; place += geometry.Alignment)
        {
            _used.TryAdd((place - geometry.UnitBase) / geometry.Alignment);
        }

        End = Math.Max(End, host + bytes);
    }
}
