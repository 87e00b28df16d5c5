using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules of table entries.</summary>
internal static class EntryRules
{
    public static readonly DiagnosticDescriptor NotEntryRecordStruct = new(
        "BG2001",
        "A table entry must be a readonly record struct",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2001"));

    public static readonly DiagnosticDescriptor RawInvalid = new(
        "BG2002",
        "A table entry must be made of one number",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2002"));

    public static readonly DiagnosticDescriptor OtherwiseMisplaced = new(
        "BG2003",
        "A truth table must end with its only Otherwise line",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2003"));

    public static readonly DiagnosticDescriptor LineUnreachable = new(
        "BG2004",
        "A line of a truth table must be reachable",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2004"));

    public static readonly DiagnosticDescriptor LineNeverMatches = new(
        "BG2005",
        "A line of a truth table must be able to match",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2005"));

    public static readonly DiagnosticDescriptor EntryKindUnknown = new(
        "BG2006",
        "A line of a truth table must name a kind",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2006"));

    public static readonly DiagnosticDescriptor HostMaskInvalid = new(
        "BG2007",
        "A host mask must be one run of bits",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2007"));

    public static ImmutableArray<ProblemRule> All { get; } =
    [
        new(NotEntryRecordStruct, ProblemKind.NotEntryRecordStruct),
        new(RawInvalid, ProblemKind.RawInvalid),
        new(
            OtherwiseMisplaced,
            ProblemKind.OtherwiseMissing,
            ProblemKind.OtherwiseRepeated,
            ProblemKind.OtherwiseNotLast),
        new(LineUnreachable, ProblemKind.EntryDuplicate, ProblemKind.EntryUnreachable),
        new(LineNeverMatches, ProblemKind.EntryEqualOutsideMask, ProblemKind.EntryMaskTooWide),
        new(EntryKindUnknown, ProblemKind.EntryKindUnknown),
        new(HostMaskInvalid, ProblemKind.HostMaskInvalid),
    ];
}
