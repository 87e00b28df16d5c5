namespace BlockGen.Analyzers.Tests;

/// <summary>Rules about structures, options and lists of formats.</summary>
public sealed class LayoutRuleTests
{
    public static TheoryData<string, string, int> Cases() => RuleCases.TheoryData("BG1");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Reports_exactly_what_is_marked(string id, string kind, int index) =>
        await RuleVerifier.VerifyAsync(id, kind, index);
}

/// <summary>Rules about entries, lookups, marked members and write orders.</summary>
public sealed class LookupRuleTests
{
    public static TheoryData<string, string, int> Cases() => RuleCases.TheoryData("BG2");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Reports_exactly_what_is_marked(string id, string kind, int index) =>
        await RuleVerifier.VerifyAsync(id, kind, index);
}
