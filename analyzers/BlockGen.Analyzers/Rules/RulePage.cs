namespace BlockGen.Analyzers;

/// <summary>Where a rule is explained: what, why, how to fix, when to suppress.</summary>
internal static class RulePage
{
    private const string Folder = "https://github.com/blockgen/blockgen/blob/main/analyzers/docs/";

    public static string Of(string id) => $"{Folder}{id}.md";
}
