namespace BlockGen;

/// <summary>Looks at every table and cluster that an image's tables name.</summary>
public abstract class MappingVisitor
{
    /// <summary>Whether what is shown may be what was shown before: it is named from another root.</summary>
    public bool SharesSpace { get; internal set; }

    /// <summary>A table.</summary>
    /// <param name="name">What the entry that points at it is called, or "root table".</param>
    /// <param name="entry">That entry; its place is <see cref="HostOffset.None"/> when the header points at it.</param>
    /// <param name="tableBytes">The table's bytes.</param>
    /// <returns>Whether it can be read.</returns>
    public abstract bool Table(string name, in MappedEntry entry, ulong tableBytes);

    /// <summary>A table that something else than an entry of declared tables points at.</summary>
    /// <param name="name">What points at it.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="at">Where that is in the storage.</param>
    /// <param name="host">Where the table is.</param>
    /// <param name="tableBytes">The table's bytes.</param>
    /// <returns>Whether it can be read.</returns>
    public bool Table(string name, ulong index, ulong at, ulong host, ulong tableBytes) =>
        Table(name, new MappedEntry(index, at, MappingKind.Table, host), tableBytes);

    /// <summary>The clusters that follow are named by another table than those before.</summary>
    public virtual void BeginLeafTable()
    {
    }

    /// <summary>Clusters that are not unallocated, in the order of their entries.</summary>
    /// <param name="name">What the entries that map them are called.</param>
    /// <param name="clusters">The entries; an index is a cluster's in the guest's disk.</param>
    public abstract void Clusters(string name, ReadOnlySpan<MappedEntry> clusters);
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
    public override bool Table(string name, in MappedEntry entry, ulong tableBytes)
    {
        if (entry.At != HostOffset.None.Value)
        {
            Use(name, entry.Index, entry.At, entry.Host, geometry.TablesStart, tableBytes);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Clusters(string name, ReadOnlySpan<MappedEntry> clusters)
    {
        foreach (ref readonly MappedEntry cluster in clusters)
        {
            if (cluster.Kind is MappingKind.Data)
            {
                Use(name, cluster.Index, cluster.At, cluster.Host, geometry.DataStart, geometry.ClusterBytes);
                ClusterCount++;
            }
        }
    }

    /// <summary>The space between the first possible cluster and the highest one that nothing maps.</summary>
    public IReadOnlyList<HostRange> FindLostSpace()
    {
        List<HostRange> lost = [];
        ulong first = geometry.UnitFrom(geometry.DataStart);
        foreach ((ulong start, ulong count) in _used.FindGaps(first, geometry.UnitOf(End)))
        {
            lost.Add(new HostRange(geometry.HostOf(start), count * geometry.Alignment));
        }

        return lost;
    }

    private void Use(string name, ulong index, ulong at, ulong host, ulong start, ulong bytes)
    {
        if (host < start || host >= hostEnd || !geometry.IsAligned(host))
        {
            throw new CorruptImageException(file, at, new LayoutFault(
                0,
                $"{name} {index}",
                $"0x{host:x}",
                $"is not {geometry.Boundary} between 0x{start:x} and 0x{hostEnd:x}; no space is taken in such an image"));
        }

        _used.TryAdd(geometry.UnitOf(host), geometry.UnitFrom(host + bytes));
        End = Math.Max(End, host + bytes);
    }
}
