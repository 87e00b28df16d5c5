namespace BlockGen;

/// <summary>Collects what is wrong: entries that point nowhere good, host space used twice or not at all.</summary>
internal class CheckVisitor(ImageGeometry geometry, ulong hostEnd) : MappingVisitor
{
    private readonly List<CheckFinding> _findings = [];
    private ulong _allocated;
    private ulong _fragmented;
    private ulong _expected = HostOffset.None.Value;

    /// <summary>Sizes and places of the image.</summary>
    protected ImageGeometry Geometry => geometry;

    /// <summary>Host space in use, in units of the image's alignment.</summary>
    public HostSpaceMap Used { get; } = new();

    /// <summary>Findings so far.</summary>
    public ulong ErrorCount { get; private set; }

    /// <summary>Where the last used byte ends.</summary>
    public ulong ImageEnd { get; private set; } = geometry.DataStart;

    /// <summary>The first unit that clusters and tables may use.</summary>
    public ulong FirstUnit { get; } = geometry.DataStart <= geometry.UnitBase
        ? 0
        : (geometry.DataStart - geometry.UnitBase + geometry.Alignment - 1) / geometry.Alignment;

    /// <inheritdoc/>
    public override bool Table(string name, ulong entryIndex, ulong at, ulong host, ulong tableBytes)
    {
        EntryUse use = new(TableRole.Root, entryIndex, at, host, tableBytes);
        return (use.IsFirstTable || IsInside(name, use, geometry.TablesStart, tableBytes, CheckProblem.Dangling))
            && TryUse(name, use);
    }

    /// <inheritdoc/>
    public override void Cluster(string name, ulong guestCluster, ulong at, MappingKind kind, ulong host)
    {
        if (kind is not MappingKind.Data)
        {
            return;
        }

        _allocated++;
        if (_expected != HostOffset.None.Value && host != _expected)
        {
            _fragmented++;
        }

        _expected = host + geometry.ClusterBytes;
        EntryUse use = new(TableRole.Leaf, guestCluster, at, host, geometry.ClusterBytes);
        if (IsInside(name, use, geometry.DataStart, 1, CheckProblem.OutOfBounds))
        {
            TryUse(name, use);
        }
    }

    /// <summary>Adds a finding of the driver's own.</summary>
    public void Add(CheckProblem problem, ulong where, string message)
    {
        ErrorCount++;
        if (_findings.Count < CheckReport.MaxFindings)
        {
            _findings.Add(new CheckFinding(problem, new HostOffset(where), message));
        }
    }

    /// <summary>The result.</summary>
    public CheckReport ToReport(ulong guestClusterCount)
    {
        ulong end = hostEnd <= geometry.UnitBase ? FirstUnit : UnitOf(hostEnd + geometry.Alignment - 1);
        ulong units = end > FirstUnit ? end - FirstUnit : 0;
        return new CheckReport
        {
            Findings = _findings,
            Errors = ErrorCount,
            Leaks = units > Used.Count ? units - Used.Count : 0,
            TotalClusters = guestClusterCount,
            AllocatedClusters = _allocated,
            FragmentedClusters = _fragmented,
            ImageEnd = ImageEnd,
        };
    }

    /// <summary>The unit at a host offset.</summary>
    public ulong UnitOf(ulong host) => (host - geometry.UnitBase) / geometry.Alignment;

    /// <summary>The units that a range takes; what comes before the first possible cluster has none.</summary>
    protected (ulong First, ulong End) UnitsOf(ulong host, ulong end) => end <= geometry.DataStart
        ? default
        : (UnitOf(Math.Max(host, geometry.DataStart)), UnitOf(end + geometry.Alignment - 1));

    /// <summary>An entry names space that nothing before it does.</summary>
    protected virtual void OnSound(EntryUse use)
    {
    }

    /// <summary>An entry is wrong.</summary>
    protected virtual void OnBroken(CheckProblem problem, EntryUse use)
    {
    }

    private bool IsInside(string name, EntryUse use, ulong start, ulong bytes, CheckProblem outside)
    {
        ulong host = use.Host;
        if (host < start || host >= hostEnd || bytes > hostEnd - host)
        {
            AddBroken(outside, name, use, $"is not between 0x{start:x} and 0x{hostEnd:x}");
            return false;
        }

        if ((host - geometry.UnitBase) % geometry.Alignment != 0)
        {
            AddBroken(CheckProblem.Misaligned, name, use, $"is not {geometry.Boundary}");
            return false;
        }

        return true;
    }

    private bool TryUse(string name, EntryUse use)
    {
        ImageEnd = Math.Max(ImageEnd, use.End);
        bool isFirst = true;
        (ulong unit, ulong end) = UnitsOf(use.Host, Math.Min(use.End, hostEnd));
        for (; unit < end; unit++)
        {
            isFirst &= Used.TryAdd(unit);
        }

        if (!isFirst)
        {
            AddBroken(CheckProblem.Overlap, name, use, "is used by another entry too");
            return false;
        }

        OnSound(use);
        return true;
    }

    private void AddBroken(CheckProblem problem, string name, EntryUse use, string what)
    {
        ulong at = use.IsFirstTable ? use.Host : use.At;
        Add(problem, at, $"{name} {use.Index} at 0x{at:x} is 0x{use.Host:x}: {what}");
        OnBroken(problem, use);
    }
}
