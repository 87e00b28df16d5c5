namespace BlockGen;

internal partial class CheckVisitor
{
    private readonly List<CheckFinding> _findings = [];
    private readonly List<CheckFinding> _leaks = [];
    private ulong _leakedCounts;

    /// <summary>Errors so far.</summary>
    public ulong ErrorCount { get; private set; }

    /// <summary>Adds a count that is not what the tables say.</summary>
    public void AddWrongCount(ulong host, ulong count, ulong uses)
    {
        string message = $"cluster {geometry.UnitOf(host)} refcount={count} reference={uses}";
        if (count > uses)
        {
            _leakedCounts++;
            AddFinding(_leaks, CheckProblem.Leak, host, message);
        }
        else
        {
            Add(CheckProblem.Undercounted, host, message);
        }
    }

    /// <summary>Adds the marks of entries that the counts have shown to be wrong.</summary>
    public void AddWrongMarks(SharedMarks marks, Func<WrongMark, string> describe)
    {
        foreach (WrongMark mark in marks.Wrong)
        {
            WrongMark placed = mark with { Host = geometry.HostOf(mark.Host) };
            AddFinding(_findings, CheckProblem.WrongMark, placed.Host, describe(placed));
        }

        ErrorCount += marks.WrongCount;
    }

    /// <summary>Something is counted up to there, whether a table names it or not.</summary>
    public void AddCounted(ulong end) => ImageEnd = Math.Max(ImageEnd, end);

    /// <summary>Adds a finding of the driver's own.</summary>
    public void Add(CheckProblem problem, ulong where, string message)
    {
        ErrorCount++;
        AddFinding(_findings, problem, where, message);
    }

    private static void AddFinding(List<CheckFinding> findings, CheckProblem problem, ulong where, string message)
    {
        if (findings.Count < CheckReport.MaxFindings)
        {
            findings.Add(new CheckFinding(problem, new HostOffset(where), message));
        }
    }

    /// <summary>The result.</summary>
    public CheckReport ToReport(ulong guestClusterCount)
    {
        ulong end = hostEnd <= geometry.UnitBase ? FirstUnit : geometry.UnitFrom(hostEnd);
        ulong units = end > FirstUnit ? end - FirstUnit : 0;
        return new CheckReport
        {
            Findings = _findings,
            LeakFindings = _leaks,
            Errors = ErrorCount,
            Leaks = CountsUses ? _leakedCounts : units > Used.Count ? units - Used.Count : 0,
            TotalClusters = guestClusterCount,
            AllocatedClusters = _allocated,
            FragmentedClusters = _fragmented,
            CompressedClusters = _compressed,
            ImageEnd = ImageEnd,
        };
    }

    private void AddBroken(CheckProblem problem, string name, EntryUse use, ulong start)
    {
        string what = problem switch
        {
            CheckProblem.Overlap => "is used by another entry too",
            CheckProblem.Misaligned => $"is not {geometry.Boundary}",
            _ => $"is not between 0x{start:x} and 0x{hostEnd:x}",
        };
        ulong at = use.IsFirstTable ? use.Host : use.At;
        Add(problem, at, $"{name} {use.Index} at 0x{at:x} is 0x{use.Host:x}: {what}");
        OnBroken(problem, use);
    }
}
