using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules of the order in which a mapping reaches the disk.</summary>
internal static class WriteOrderRules
{
    public static readonly DiagnosticDescriptor StepMissing = new(
        "BG2040",
        "A write order must have every step that is declared",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2040"));

    public static readonly DiagnosticDescriptor StepRepeated = new(
        "BG2041",
        "A step must be taken once",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2041"));

    public static readonly DiagnosticDescriptor StepUnsuitable = new(
        "BG2042",
        "A step must have something to write",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2042"));

    public static readonly DiagnosticDescriptor StepOrder = new(
        "BG2043",
        "Steps must follow each other from data to root",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2043"));

    public static readonly DiagnosticDescriptor BarrierMissing = new(
        "BG2044",
        "A mapping must not become durable before its data",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2044"));

    public static readonly DiagnosticDescriptor DirtyMarkFlag = new(
        "BG2045",
        "A dirty mark must be a flag of its field",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2045"));

    public static readonly DiagnosticDescriptor DirtyMarkValues = new(
        "BG2046",
        "A dirty mark must have two values of its field",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2046"));

    public static ImmutableArray<ProblemRule> All { get; } =
    [
        new(StepMissing, ProblemKind.StepMissing),
        new(StepRepeated, ProblemKind.StepRepeated),
        new(StepUnsuitable, ProblemKind.StepUnsuitable),
        new(StepOrder, ProblemKind.StepOrder),
        new(BarrierMissing, ProblemKind.BarrierMissing),
        new(DirtyMarkFlag, ProblemKind.DirtyMarkFlag),
        new(DirtyMarkValues, ProblemKind.DirtyMarkValues),
    ];
}
