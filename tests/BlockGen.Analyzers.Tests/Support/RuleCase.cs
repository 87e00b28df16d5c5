namespace BlockGen.Analyzers.Tests;

/// <summary>What a case shows of its rule.</summary>
internal enum CaseKind
{
    /// <summary>A mistake that is reported.</summary>
    Flagged,

    /// <summary>Sound code beside it, which compiles and is not reported.</summary>
    Clean,

    /// <summary>A limit of the rule: reported where it is marked, sound code where nothing is.</summary>
    Edge,

    /// <summary>A mistake that the compiler reports and the rule does not repeat.</summary>
    CompilerError,
}

/// <summary>A piece of code and what a rule says of it.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Kind">What the case shows.</param>
/// <param name="Source">Code with <c>[|marks|]</c> for the rule and <c>{|BGnnnn:marks|}</c> for another.</param>
internal sealed record RuleCase(string Id, CaseKind Kind, string Source)
{
    public static RuleCase Flagged(string id, string source) => new(id, CaseKind.Flagged, source);

    public static RuleCase Clean(string id, string source) => new(id, CaseKind.Clean, source);

    public static RuleCase Edge(string id, string source) => new(id, CaseKind.Edge, source);

    public static RuleCase CompilerError(string id, string source) => new(id, CaseKind.CompilerError, source);

    /// <summary>The source with every mark naming its rule.</summary>
    public string Markup => Source
        .Replace("[|", $"{{|{Id}:", StringComparison.Ordinal)
        .Replace("|]", "|}", StringComparison.Ordinal);

    public bool IsMarked => Markup.Contains("{|", StringComparison.Ordinal);

    /// <summary>Whether the source is a driver that must compile with what is generated for it.</summary>
    public bool Compiles => !IsMarked && Kind is not CaseKind.CompilerError;
}
