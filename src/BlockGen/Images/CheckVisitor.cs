namespace BlockGen;

/// <summary>Collects what is wrong: entries that point nowhere good, host space used twice or not at all.</summary>
internal sealed class CheckVisitor(ImageGeometry geometry, ulong hostEnd) : MappingVisitor
{
    private readonly HostSpaceMap _used = new();
    private readonly List<CheckFinding> _findings = [];
    private ulong _errors;
    private ulong _allocated;
    private ulong _fragmented;
    private ulong _expected = HostOffset.None.Value;
    private ulong _imageEnd = geometry.DataStart;

    /// <inheritdoc/>
    public override bool Table(string name, ulong entryIndex, ulong at, ulong host, ulong tableBytes)
    {
        bool isRoot = at == HostOffset.None.Value;
        if (!isRoot && !IsInside(name, entryIndex, at, host, geometry.TablesStart, tableBytes, CheckProblem.Dangling))
        {
            return false;
        }

        return Use(name, entryIndex, isRoot ? host : at, host, tableBytes);
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
        if (IsInside(name, guestCluster, at, host, geometry.DataStart, 1, CheckProblem.OutOfBounds))
        {
            Use(name, guestCluster, at, host, geometry.ClusterBytes);
        }
    }

    /// <summary>Adds a finding of the driver's own.</summary>
    public void Add(CheckProblem problem, ulong where, string message)
    {
        _errors++;
        if (_findings.Count < CheckReport.MaxFindings)
        {
            _findings.Add(new CheckFinding(problem, new HostOffset(where), message));
        }
    }

    /// <summary>The result.</summary>
    public CheckReport ToReport(ulong guestClusterCount)
    {
        ulong start = UnitOf(geometry.DataStart);
        ulong end = hostEnd <= geometry.UnitBase ? start : UnitOf(hostEnd + geometry.Alignment - 1);
        ulong units = end > start ? end - start : 0;
        return new CheckReport
        {
            Findings = _findings,
            Errors = _errors,
            Leaks = units > _used.Count ? units - _used.Count : 0,
            TotalClusters = guestClusterCount,
            AllocatedClusters = _allocated,
            FragmentedClusters = _fragmented,
            ImageEnd = _imageEnd,
        };
    }

    private bool IsInside(
        string name, ulong index, ulong at, ulong host, ulong start, ulong bytes, CheckProblem outside)
    {
        if (host < start || host >= hostEnd || bytes > hostEnd - host)
        {
            Add(outside, at, $"{name} {index} at 0x{at:x} is 0x{host:x}: is not between 0x{start:x} and 0x{hostEnd:x}");
            return false;
        }

        if ((host - geometry.UnitBase) % geometry.Alignment != 0)
        {
            string message = $"{name} {index} at 0x{at:x} is 0x{host:x}: is not a multiple of 0x{geometry.Alignment:x}";
            Add(CheckProblem.Misaligned, at, message);
            return false;
        }

        return true;
    }

    private bool Use(string name, ulong index, ulong at, ulong host, ulong bytes)
    {
        ulong end = Math.Min(host + bytes, hostEnd);
        _imageEnd = Math.Max(_imageEnd, host + bytes);
        bool isFirst = true;
        for (ulong place = Math.Max(host, geometry.DataStart); place < end; place += geometry.Alignment)
        {
            isFirst &= _used.TryAdd(UnitOf(place));
        }

        if (!isFirst)
        {
            Add(CheckProblem.Overlap, at, $"{name} {index} at 0x{at:x} is 0x{host:x}: is used by another entry too");
        }

        return isFirst;
    }

    private ulong UnitOf(ulong host) => (host - geometry.UnitBase) / geometry.Alignment;
}
