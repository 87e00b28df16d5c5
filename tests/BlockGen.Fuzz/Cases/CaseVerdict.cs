namespace BlockGen.Fuzz;

/// <summary>What became of a case.</summary>
/// <param name="Problem">What is wrong with the driver; null when nothing is.</param>
/// <param name="Kind">What problems with one cause have in common.</param>
internal sealed record CaseVerdict(string? Problem, string Kind)
{
    /// <summary>The driver did as it should.</summary>
    public static CaseVerdict Good { get; } = new(null, "");
}

/// <summary>A driver did what none may do.</summary>
internal sealed class CaseException(string message) : Exception(message);
