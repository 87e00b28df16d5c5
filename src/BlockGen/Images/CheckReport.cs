namespace BlockGen;

/// <summary>What is wrong with a table entry or a cluster.</summary>
public enum CheckProblem
{
    /// <summary>Host space that no table maps.</summary>
    Leak,

    /// <summary>Host space that two entries map.</summary>
    Overlap,

    /// <summary>An entry that points outside the file or into metadata.</summary>
    OutOfBounds,

    /// <summary>An entry whose offset is not on a cluster boundary.</summary>
    Misaligned,

    /// <summary>An entry that points at something that cannot be a table.</summary>
    Dangling,

    /// <summary>A header count that disagrees with the tables.</summary>
    WrongCount,

    /// <summary>A cluster that is named more often than it is counted.</summary>
    Undercounted,

    /// <summary>An entry that says otherwise than the counts whether something else names its cluster.</summary>
    WrongMark,
}

/// <summary>One finding.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="Where">The entry, or for leaks the host space.</param>
/// <param name="Message">In words: place, value, what was expected.</param>
public sealed record CheckFinding(CheckProblem Problem, HostOffset Where, string Message);

/// <summary>The result of a check.</summary>
public sealed record CheckReport
{
    /// <summary>Findings that make data wrong or at risk, at most <see cref="MaxFindings"/> of them.</summary>
    public IReadOnlyList<CheckFinding> Findings { get; init; } = [];

    /// <summary>
    /// Clusters that are counted more often than they are named, at most <see cref="MaxFindings"/> of them; none in a
    /// format that does not count.
    /// </summary>
    public IReadOnlyList<CheckFinding> LeakFindings { get; init; } = [];

    /// <summary>How many findings are listed at most; the counts go on.</summary>
    public const int MaxFindings = 1000;

    /// <summary>Number of errors found.</summary>
    public ulong Errors { get; init; }

    /// <summary>Number of leaked clusters.</summary>
    public ulong Leaks { get; init; }

    /// <summary>Clusters that the guest's disk has.</summary>
    public ulong TotalClusters { get; init; }

    /// <summary>Clusters with host space.</summary>
    public ulong AllocatedClusters { get; init; }

    /// <summary>Allocated clusters that do not directly follow the one before, of the same table, in the file.</summary>
    public ulong FragmentedClusters { get; init; }

    /// <summary>Allocated clusters that are stored compressed.</summary>
    public ulong CompressedClusters { get; init; }

    /// <summary>Where the image's last used byte ends.</summary>
    public ulong ImageEnd { get; init; }

    /// <summary>Whether nothing at all was found.</summary>
    public bool IsClean => Errors == 0 && Leaks == 0;
}
