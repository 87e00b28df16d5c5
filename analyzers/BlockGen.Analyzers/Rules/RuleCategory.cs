namespace BlockGen.Analyzers;

/// <summary>What rules are about; each category owns a range of ids.</summary>
internal static class RuleCategory
{
    /// <summary>BG1xxx: structures on disk, options, lists of formats.</summary>
    public const string Layout = "BlockGen.Layout";

    /// <summary>BG2xxx: table entries, lookup, marked members, write order.</summary>
    public const string Lookup = "BlockGen.Lookup";
}
