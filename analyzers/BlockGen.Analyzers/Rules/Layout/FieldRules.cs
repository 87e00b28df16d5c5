using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules about the rules of fields.</summary>
internal static class FieldRules
{
    public static readonly DiagnosticDescriptor MagicMismatch = new(
        "BG1020",
        "A magic must be as long as its field",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1020"));

    public static readonly DiagnosticDescriptor RuleUnsuitable = new(
        "BG1021",
        "A rule must suit the type of its field",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1021"));

    public static readonly DiagnosticDescriptor RuleValueTooLarge = new(
        "BG1022",
        "A rule must name values that its field can hold",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1022"));

    public static readonly DiagnosticDescriptor NothingAllowed = new(
        "BG1023",
        "A rule must allow at least one value",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1023"));

    public static readonly DiagnosticDescriptor UnitZero = new(
        "BG1024",
        "A unit must not be zero",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1024"));

    public static readonly DiagnosticDescriptor MemberUnknown = new(
        "BG1025",
        "A rule must name an existing member",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1025"));

    public static readonly DiagnosticDescriptor LooksAhead = new(
        "BG1026",
        "A rule must name an earlier field",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1026"));

    public static readonly DiagnosticDescriptor RuleMemberType = new(
        "BG1027",
        "A rule must compare numbers",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1027"));

    public static readonly DiagnosticDescriptor PresentIfValue = new(
        "BG1028",
        "A presence must depend on a value that its field can have",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1028"));

    public static readonly DiagnosticDescriptor LengthMissing = new(
        "BG1030",
        "Text and arrays must have a fixed length",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1030"));

    public static readonly DiagnosticDescriptor LengthInvalid = new(
        "BG1031",
        "A fixed length must be possible",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1031"));

    public static readonly DiagnosticDescriptor ChecksumUnsuitable = new(
        "BG1032",
        "A checksum field must be an unconditional uint",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1032"));

    public static readonly DiagnosticDescriptor ChecksumRangeUnknown = new(
        "BG1033",
        "A checksum must cover fields that exist",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1033"));

    public static readonly DiagnosticDescriptor ChecksumsOverlap = new(
        "BG1034",
        "A checksum must not cover another",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1034"));

    public static readonly DiagnosticDescriptor MagicRepeated = new(
        "BG1035",
        "A field must have each magic once",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1035"));

    public static ImmutableArray<ProblemRule> All { get; } =
    [
        new(MagicMismatch, ProblemKind.MagicMismatch),
        new(RuleUnsuitable, ProblemKind.RuleUnsuitable),
        new(RuleValueTooLarge, ProblemKind.RuleValueTooLarge),
        new(NothingAllowed, ProblemKind.PowerOfTwoImpossible, ProblemKind.MinAboveMax, ProblemKind.NoValues),
        new(UnitZero, ProblemKind.UnitZero),
        new(MemberUnknown, ProblemKind.RuleMemberUnknown, ProblemKind.PresentIfMemberUnknown),
        new(LooksAhead, ProblemKind.RuleLooksAhead, ProblemKind.PresentIfLooksAhead),
        new(RuleMemberType, ProblemKind.RuleMemberType),
        new(PresentIfValue, ProblemKind.PresentIfValue),
        new(LengthMissing, ProblemKind.FixedTextMissing, ProblemKind.FixedCountMissing),
        new(LengthInvalid, ProblemKind.FixedTextInvalid, ProblemKind.FixedCountInvalid),
        new(ChecksumUnsuitable, ProblemKind.ChecksumUnsuitable),
        new(ChecksumRangeUnknown, ProblemKind.ChecksumRangeUnknown),
        new(ChecksumsOverlap, ProblemKind.ChecksumsOverlap),
        new(MagicRepeated, ProblemKind.MagicRepeated),
    ];
}
