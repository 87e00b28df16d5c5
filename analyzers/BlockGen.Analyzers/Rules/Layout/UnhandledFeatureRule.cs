using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>A feature that is declared is one that the driver knows.</summary>
internal static class UnhandledFeatureRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "BG1052",
        "A feature must be handled or refused",
        "Feature '{0}' is declared, so images that have it are opened, and nothing looks at it: handle or refuse it, or leave it out",
        RuleCategory.Layout,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1052"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
