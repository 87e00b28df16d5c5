using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers.Tests;

/// <summary>What every rule must have besides its code.</summary>
public sealed partial class RepositoryTests
{
    public static TheoryData<string> Ids() => [.. RuleCatalogue.All.Select(rule => rule.Id)];

    [Fact]
    public void Ids_are_unique_and_in_the_range_of_their_category()
    {
        Assert.Equal(RuleCatalogue.All.Length, RuleCatalogue.All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(RuleCatalogue.All, rule =>
            Assert.StartsWith(RangeOf(rule.Category), rule.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_belongs_to_an_analyzer() => Assert.Equal(
        RuleCatalogue.All.Select(rule => rule.Id),
        AnalyzerRun.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Select(rule => rule.Id)
            .Distinct()
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_cases_of_each_kind(string id)
    {
        CorpusSnippet[] wrong = [.. CorpusSnippet.All.Where(snippet => snippet.Expects(id))];
        if (wrong.Length > 0)
        {
            // Their cases are whole snippets: wrong ones, and right ones beside them.
            Assert.Contains(CorpusSnippet.All, snippet => !snippet.IsWrong && wrong.Any(snippet.IsBeside));
            return;
        }

        Assert.Superset(
            new HashSet<CaseKind> { CaseKind.Flagged, CaseKind.Clean, CaseKind.Edge },
            RuleCases.All.Where(rule => rule.Id == id).Select(rule => rule.Kind).ToHashSet());
    }

    [Fact]
    public void Cases_show_what_they_say() => Assert.All(RuleCases.All, rule =>
    {
        Assert.Contains(RuleCatalogue.All, descriptor => descriptor.Id == rule.Id);
        Assert.True(rule.Kind switch
        {
            CaseKind.Flagged => rule.Source.Contains("[|", StringComparison.Ordinal),
            CaseKind.Edge => true,
            _ => !rule.IsMarked,
        });
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_page_that_explains_it(string id)
    {
        DiagnosticDescriptor rule = RuleCatalogue.All.Single(descriptor => descriptor.Id == id);
        Assert.EndsWith($"/analyzers/docs/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);

        string[] lines = File.ReadAllLines(Path.Combine(RulePages.Folder, id + ".md"));
        Assert.Equal($"# {id}: {rule.Title}", lines[0]);
        Assert.Equal(
            ["## What", "## Why", "## How to fix", "## When to suppress"],
            lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line == "```csharp"));
        Assert.InRange(lines.Length, 15, 40);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_announced(string id)
    {
        DiagnosticDescriptor rule = RuleCatalogue.All.Single(descriptor => descriptor.Id == id);
        string releases = Path.Combine(RulePages.Root, "analyzers", "BlockGen.Analyzers");
        string[] lines =
        [
            .. File.ReadAllLines(Path.Combine(releases, "AnalyzerReleases.Shipped.md")),
            .. File.ReadAllLines(Path.Combine(releases, "AnalyzerReleases.Unshipped.md")),
        ];
        Assert.Contains($"{id} | {rule.Category} | {rule.DefaultSeverity} | [page](../docs/{id}.md)", lines);
    }

    [Fact]
    public void No_page_is_left_of_a_rule_that_is_gone() => Assert.Equal(
        RuleCatalogue.All.Select(rule => rule.Id),
        Directory.GetFiles(RulePages.Folder, "BG*.md")
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Pages_link_to_pages_that_exist() => Assert.All(
        Directory.GetFiles(RulePages.Folder, "*.md").SelectMany(page => Link().Matches(File.ReadAllText(page))),
        link => Assert.True(File.Exists(Path.Combine(RulePages.Folder, link.Groups[1].Value)), link.Value));

    [Fact]
    public void The_index_lists_every_rule() => RulePages.MatchIndex();

    [Fact]
    public void The_default_profile_is_as_the_rules_are() =>
        RulePages.MatchProfile("default", rule => rule.DefaultSeverity);

    [Fact]
    public void The_strict_profile_makes_every_rule_an_error() =>
        RulePages.MatchProfile("strict", _ => DiagnosticSeverity.Error);

    private static string RangeOf(string category) => category switch
    {
        RuleCategory.Layout => "BG1",
        RuleCategory.Lookup => "BG2",
        RuleCategory.GuestData => "BG3",
        RuleCategory.Async => "BG4",
        _ => "BG5",
    };

    [GeneratedRegex(@"\]\(([^)#:]+)\)")]
    private static partial Regex Link();
}
