using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace BlockGen.Analyzers.Tests;

/// <summary>One snippet of the corpus.</summary>
/// <param name="Name">Its file, relative to the corpus, without extension.</param>
/// <param name="Source">Its text.</param>
internal sealed partial record CorpusSnippet(string Name, string Source)
{
    private static readonly string Folder =
        Path.Combine(RulePages.Root, "tests", "BlockGen.Analyzers.Tests", "Corpus");

    public static ImmutableArray<CorpusSnippet> All { get; } =
    [
        .. Directory.GetFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new CorpusSnippet(
                Path.ChangeExtension(Path.GetRelativePath(Folder, path), null), File.ReadAllText(path))),
    ];

    /// <summary>What is to be reported, as "line: rule", in order.</summary>
    public IEnumerable<string> Expected => Source.Split('\n')
        .SelectMany((line, index) => Marker().Matches(line)
            .SelectMany(match => match.Groups[1].Value.Split(", "))
            .Select(rule => $"{index + 1}: {rule}"));

    public bool Expects(string rule) => Expected.Any(line => line.EndsWith(rule, StringComparison.Ordinal));

    public bool IsBeside(CorpusSnippet other) => Path.GetDirectoryName(Name) == Path.GetDirectoryName(other.Name);

    public bool IsWrong => Marker().IsMatch(Source);

    /// <summary>The way the bytes take, in the words of the first line; null when it names none.</summary>
    public string? Detour => DetourLine().Match(Source) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The bug of public block code that it has again, by its name there; null when it has none.</summary>
    public string? Bug => BugLine().Match(Source) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"// expect: (BG\d{4}(?:, BG\d{4})*)")]
    private static partial Regex Marker();

    [GeneratedRegex(@"^// .*\b(CVE-\d{4}-\d{4,})\b", RegexOptions.Multiline)]
    private static partial Regex BugLine();

    [GeneratedRegex(@"\A// detour: (.+)")]
    private static partial Regex DetourLine();
}
