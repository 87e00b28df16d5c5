namespace BlockGen;

/// <summary>Finds how the host space is used, and which tables and clusters a compact image has no room for.</summary>
internal sealed class SpaceVisitor(ImageGeometry geometry, ulong hostEnd) : CheckVisitor(geometry, hostEnd)
{
    private readonly HostSpaceMap _tables = new();

    /// <summary>The unit where the image would end if it had no gaps.</summary>
    public ulong CompactEnd => FirstUnit + Used.Count;

    /// <summary>Whether something is lost before the last cluster or table.</summary>
    public bool HasGaps => Geometry.UnitFrom(ImageEnd) > CompactEnd;

    /// <summary>The free space before the compact end, in units.</summary>
    public IEnumerable<(ulong First, ulong Count)> FindGaps() => Used.FindGaps(FirstUnit, CompactEnd);

    /// <summary>Places before the compact end where no table is: what is there can be moved away for one.</summary>
    /// <param name="unitCount">Units of a table.</param>
    /// <param name="most">How many places at most; they do not overlap.</param>
    public IReadOnlyList<HostRange> FindPlacesForTables(ulong unitCount, int most)
    {
        List<HostRange> places = [];
        foreach ((ulong first, ulong count) in _tables.FindGaps(FirstUnit, CompactEnd))
        {
            for (ulong at = first; at + unitCount <= first + count && places.Count < most; at += unitCount)
            {
                places.Add(new HostRange(Geometry.HostOf(at), unitCount * Geometry.Alignment));
            }
        }

        return places;
    }

    /// <inheritdoc/>
    protected override void OnSound(EntryUse use)
    {
        if (use.Role is TableRole.Root)
        {
            (ulong unit, ulong end) = UnitsOf(use.Host, use.End);
            _tables.TryAdd(unit, end);
        }
    }
}

/// <summary>Lists the tables and clusters in parts of the host space.</summary>
internal sealed class MoverVisitor(ImageGeometry geometry, ulong hostEnd, IReadOnlyList<HostRange> parts)
    : CheckVisitor(geometry, hostEnd)
{
    /// <summary>Entries listed at most; the next walk finds the others.</summary>
    private const int MaxEntries = 1 << 20;

    /// <summary>The tables.</summary>
    public List<EntryUse> Tables { get; } = [];

    /// <summary>The clusters.</summary>
    public List<EntryUse> MappedClusters { get; } = [];

    /// <inheritdoc/>
    protected override bool FollowsClusters => true;

    /// <inheritdoc/>
    protected override void OnSound(EntryUse use)
    {
        List<EntryUse> list = use.Role is TableRole.Root ? Tables : MappedClusters;
        if (!use.IsFirstTable && list.Count < MaxEntries && IsInParts(use))
        {
            list.Add(use);
        }
    }

    private bool IsInParts(EntryUse use)
    {
        foreach (HostRange part in parts)
        {
            if (use.Overlaps(part.Start.Value, part.End))
            {
                return true;
            }
        }

        return false;
    }
}
