using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers.Tests;

/// <summary>
/// Snippets of drivers, wrong and right: each line that says <c>// expect: BGnnnn</c> is reported by these rules, and no
/// other line is.
/// </summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Names() => [.. CorpusSnippet.All.Select(snippet => snippet.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Reports_exactly_the_lines_that_say_so(string name)
    {
        CorpusSnippet snippet = CorpusSnippet.All.Single(candidate => candidate.Name == name);
        Assert.Equal(snippet.Expected, await CorpusRun.ReportAsync(snippet));
    }

    [Fact]
    public void There_are_many_snippets_of_each_kind()
    {
        Assert.InRange(CorpusSnippet.All.Count(snippet => snippet.IsWrong), 100, int.MaxValue);
        Assert.InRange(CorpusSnippet.All.Count(snippet => !snippet.IsWrong), 50, int.MaxValue);
    }

    [Fact]
    public void Many_wrong_snippets_are_bugs_that_public_code_had() => Assert.InRange(
        CorpusSnippet.All.Count(snippet => snippet.IsWrong && snippet.Bug is not null), 25, int.MaxValue);
}
