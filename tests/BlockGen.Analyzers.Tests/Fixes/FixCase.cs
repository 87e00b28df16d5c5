namespace BlockGen.Analyzers.Tests;

/// <summary>A piece of code that a fix puts right.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Before">Code with <c>[|marks|]</c> for the rule.</param>
/// <param name="After">The code when the fix was applied to all marks.</param>
/// <param name="Provider">The fix that is meant, where the rule has several.</param>
internal sealed record FixCase(string Id, string Before, string After, Type? Provider = null)
{
    /// <summary>The code twice in one file, with every mark naming its rule: a fix must be able to mend all at once.</summary>
    public string MarkedTwice => Twice(Before
        .Replace("[|", $"{{|{Id}:", StringComparison.Ordinal)
        .Replace("|]", "|}", StringComparison.Ordinal));

    public string FixedTwice => Twice(After);

    /// <summary>Two formats of one name would be another mistake.</summary>
    private static string Twice(string source) =>
        $$"""
        namespace First
        {
        {{source}}
        }

        namespace Second
        {
        {{source.Replace("sample", "second", StringComparison.Ordinal)}}
        }

        """;
}
