using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BlockGen.Analyzers.Tests;

public sealed class FixTests
{
    public static TheoryData<string, int> Cases()
    {
        TheoryData<string, int> data = [];
        foreach ((int index, FixCase example) in FixCases.All.Index())
        {
            data.Add(example.Id, index);
        }

        return data;
    }

    public static TheoryData<string> Ids() => [.. RuleCatalogue.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_fix_leaves_nothing_to_report_one_by_one_and_all_at_once(string id, int index)
    {
        FixCase example = FixCases.All[index];
        Assert.Equal(id, example.Id);
        await FixVerifier.VerifyAsync(example);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_fix_with_a_case_or_a_reason_why_it_has_none(string id)
    {
        bool isFixed = FixCases.Providers.Any(provider => provider.FixableDiagnosticIds.Contains(id));
        Assert.True(isFixed != UnfixedRules.Reasons.ContainsKey(id), $"{id}: either a fix or a reason");
        Assert.Equal(isFixed, FixCases.All.Any(example => example.Id == id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_of_a_rule_says_what_its_fix_does(string id)
    {
        string page = File.ReadAllText(Path.Combine(RulePages.Folder, id + ".md"));
        string howToFix = page.Split("## ")[3];
        Assert.StartsWith("How to fix", howToFix, StringComparison.Ordinal);
        Assert.Equal(
            !UnfixedRules.Reasons.ContainsKey(id), howToFix.Contains("\nThe code fix ", StringComparison.Ordinal));
    }

    [Fact]
    public void No_reason_is_left_of_a_rule_that_is_gone() =>
        Assert.Subset(RuleCatalogue.All.Select(rule => rule.Id).ToHashSet(), UnfixedRules.Reasons.Keys.ToHashSet());

    [Fact]
    public void Every_fix_is_for_rules_and_can_mend_all_at_once() => Assert.All(FixCases.Providers, provider =>
    {
        Assert.Subset(RuleCatalogue.All.Select(rule => rule.Id).ToHashSet(), provider.FixableDiagnosticIds.ToHashSet());
        Assert.Same(WellKnownFixAllProviders.BatchFixer, provider.GetFixAllProvider());
    });
}
