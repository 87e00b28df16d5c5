using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules of sets of options.</summary>
internal static class OptionRules
{
    public static readonly DiagnosticDescriptor NotSealedRecord = new(
        "BG1040",
        "A set of options must be a sealed record",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1040"));

    public static readonly DiagnosticDescriptor OptionsNotConstructible = new(
        "BG1041",
        "A set of options must be constructible without arguments",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1041"));

    public static readonly DiagnosticDescriptor OptionTypeUnsupported = new(
        "BG1042",
        "An option must have a type that text can be read into",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1042"));

    public static readonly DiagnosticDescriptor OptionNotSettable = new(
        "BG1043",
        "An option must be readable and settable",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1043"));

    public static readonly DiagnosticDescriptor OptionNameInvalid = new(
        "BG1044",
        "An option must have a name that can be typed",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1044"));

    public static readonly DiagnosticDescriptor OptionDuplicate = new(
        "BG1045",
        "Option names must be unique",
        ProblemRule.Message,
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1045"));

    public static ImmutableArray<ProblemRule> All { get; } =
    [
        new(NotSealedRecord, ProblemKind.NotSealedRecord),
        new(OptionsNotConstructible, ProblemKind.OptionsNotConstructible),
        new(OptionTypeUnsupported, ProblemKind.OptionTypeUnsupported),
        new(OptionNotSettable, ProblemKind.OptionNotSettable),
        new(OptionNameInvalid, ProblemKind.OptionNameInvalid),
        new(OptionDuplicate, ProblemKind.OptionDuplicate),
    ];
}
