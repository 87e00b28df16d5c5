using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules that every declaration keeps.</summary>
internal static class DeclarationRules
{
    public static readonly DiagnosticDescriptor NotPartial = new(
        "BG1001",
        "A declared type must be partial",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1001"));

    public static readonly DiagnosticDescriptor NotExtendable = new(
        "BG1002",
        "A declared type must be neither generic nor file-local",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1002"));

    public static readonly DiagnosticDescriptor TwoDeclarations = new(
        "BG1003",
        "A type must not be both a disk structure and a table entry",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1003"));

    public static readonly DiagnosticDescriptor MemberNameTaken = new(
        "BG1004",
        "A member must not have the name of a generated one",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1004"));

    public static ImmutableArray<ProblemRule> All { get; } =
    [
        new(NotPartial, ProblemKind.NotPartial),
        new(NotExtendable, ProblemKind.NotExtendable),
        new(TwoDeclarations, ProblemKind.TwoDeclarations),
        new(MemberNameTaken, ProblemKind.MemberNameTaken),
    ];
}
