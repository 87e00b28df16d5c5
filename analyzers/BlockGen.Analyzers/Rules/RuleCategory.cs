namespace BlockGen.Analyzers;

/// <summary>What rules are about; each category owns a range of ids.</summary>
internal static class RuleCategory
{
    /// <summary>BG1xxx: structures on disk, options, lists of formats.</summary>
    public const string Layout = "BlockGen.Layout";

    /// <summary>BG2xxx: table entries, lookup, marked members, write order.</summary>
    public const string Lookup = "BlockGen.Lookup";

    /// <summary>BG3xxx: guest memory and bounce buffers.</summary>
    public const string GuestData = "BlockGen.GuestData";

    /// <summary>BG4xxx: waiting, cancelling and claims.</summary>
    public const string Async = "BlockGen.Async";

    /// <summary>BG5xxx: numbers that came from a disk.</summary>
    public const string Untrusted = "BlockGen.Untrusted";
}
