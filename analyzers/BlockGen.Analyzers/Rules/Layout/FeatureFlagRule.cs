using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>A feature is one bit.</summary>
internal static class FeatureFlagRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "BG1029",
        "A feature must be one bit",
        "Feature '{0}' is {1}, which is several bits: give it one, or write it as a combination of others",
        RuleCategory.Layout,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of("BG1029"));
}
