using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules of an image format and its lookup.</summary>
internal static class ImageRules
{
    public static readonly DiagnosticDescriptor NotSealedClass = new(
        "BG2010",
        "An image format must be a sealed class",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2010"));

    public static readonly DiagnosticDescriptor FormatNameInvalid = new(
        "BG2011",
        "A format must have a name that can be typed",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2011"));

    public static readonly DiagnosticDescriptor HeaderMissing = new(
        "BG2012",
        "A lookup through tables needs a header",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2012"));

    public static readonly DiagnosticDescriptor HeaderNotDiskStruct = new(
        "BG2013",
        "A header must be a disk structure",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2013"));

    public static readonly DiagnosticDescriptor HeaderMemberUnknown = new(
        "BG2014",
        "A declaration must name a number of the header",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2014"));

    public static readonly DiagnosticDescriptor NotOptions = new(
        "BG2015",
        "Options must be declared",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2015"));

    public static readonly DiagnosticDescriptor LookupNotOne = new(
        "BG2016",
        "An image format must have exactly one lookup",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2016"));

    public static readonly DiagnosticDescriptor NotTableEntry = new(
        "BG2017",
        "A lookup must go through table entries",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2017"));

    public static readonly DiagnosticDescriptor EntryKindMissing = new(
        "BG2018",
        "An entry must be able to say what its table needs",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2018"));

    public static readonly DiagnosticDescriptor EntryKindUnsuitable = new(
        "BG2019",
        "An entry must not say what its table cannot hold",
        ProblemRule.Message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2019"));

    public static ImmutableArray<ProblemRule> All { get; } =
    [
        new(NotSealedClass, ProblemKind.NotSealedClass),
        new(FormatNameInvalid, ProblemKind.FormatNameInvalid),
        new(HeaderMissing, ProblemKind.HeaderMissing),
        new(HeaderNotDiskStruct, ProblemKind.HeaderNotDiskStruct),
        new(HeaderMemberUnknown, ProblemKind.HeaderMemberUnknown),
        new(NotOptions, ProblemKind.NotOptions),
        new(LookupNotOne, ProblemKind.LookupMissing, ProblemKind.LookupRepeated),
        new(NotTableEntry, ProblemKind.NotTableEntry),
        new(EntryKindMissing, ProblemKind.EntryKindMissing),
        new(EntryKindUnsuitable, ProblemKind.EntryKindUnsuitable),
    ];
}
