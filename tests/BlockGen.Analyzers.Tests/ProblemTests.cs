using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.Analyzers.Tests;

public sealed class ProblemTests
{
    [Fact]
    public void Every_problem_has_a_rule() =>
        Assert.All(Enum.GetValues<ProblemKind>(), kind => Assert.Contains(RuleCatalogue.Of(kind), RuleCatalogue.All));

    [Fact]
    public async Task Every_problem_is_reported_in_words()
    {
        HashSet<string?> seen = [];
        foreach (RuleCase rule in RuleCases.All.Where(rule => rule.IsMarked))
        {
            TestFileMarkupParser.GetSpans(rule.Markup, out string source, out ImmutableArray<TextSpan> _);
            foreach (Diagnostic diagnostic in await AnalyzerRun.ReportAsync(source, Sample.Parts))
            {
                Assert.DoesNotMatch(@"\{\d\}|\.$", diagnostic.GetMessage(formatProvider: null));
                seen.Add(diagnostic.Properties.GetValueOrDefault(DeclarationReport.ProblemProperty));
            }
        }

        Assert.Empty(Enum.GetNames<ProblemKind>().Except(seen));
    }
}
