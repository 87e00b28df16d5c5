using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules of the marked members of a driver.</summary>
internal static class MarkerRules
{
    public static readonly DiagnosticDescriptor MarkerMissing = new(
        "BG2030",
        "A driver must have the members that its declaration needs",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2030"));

    public static readonly DiagnosticDescriptor MarkerRepeated = new(
        "BG2031",
        "A marker must be used once",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2031"));

    public static readonly DiagnosticDescriptor MarkerUnsuitable = new(
        "BG2032",
        "A capability must be of use to its driver",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2032"));

    public static readonly DiagnosticDescriptor MarkedType = new(
        "BG2033",
        "A marked property must have the type of its marker",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2033"));

    public static readonly DiagnosticDescriptor MarkedSignature = new(
        "BG2034",
        "A marked method must have the signature of its marker",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2034"));

    public static readonly DiagnosticDescriptor MarkedHidden = new(
        "BG2035",
        "A marked option must be visible to the driver",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2035"));

    public static ImmutableArray<ProblemRule> All { get; } =
    [
        new(MarkerMissing, ProblemKind.MarkerMissing),
        new(MarkerRepeated, ProblemKind.MarkerRepeated),
        new(MarkerUnsuitable, ProblemKind.MarkerUnsuitable),
        new(MarkedType, ProblemKind.MarkedType),
        new(MarkedSignature, ProblemKind.MarkedSignature),
        new(MarkedHidden, ProblemKind.MarkedHidden),
    ];
}
