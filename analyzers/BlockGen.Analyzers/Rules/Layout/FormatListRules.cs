using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules of the class that lists formats.</summary>
internal static class FormatListRules
{
    public static readonly DiagnosticDescriptor NotStaticClass = new(
        "BG1050",
        "A format list must be a static class",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1050"));

    public static ImmutableArray<ProblemRule> All { get; } =
    [
        new(NotStaticClass, ProblemKind.NotStaticClass),
    ];
}
