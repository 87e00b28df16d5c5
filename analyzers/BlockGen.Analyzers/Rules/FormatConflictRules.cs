using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules between the formats of one assembly.</summary>
internal static class FormatConflictRules
{
    public static readonly DiagnosticDescriptor MagicShadowed = new(
        "BG1051",
        "A format must not be hidden by another one's magic",
        "Every image of '{0}' has the magic of '{1}' too, which is probed first: '{0}' is never recognised",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1051"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor NameTaken = new(
        "BG2020",
        "Format names must be unique",
        "'{0}' and '{1}' are both called '{2}': only one of them can be found by name",
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG2020"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
