using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Rules about guest and host offsets and about sums that are too narrow.</summary>
internal static class OffsetRules
{
    public static readonly DiagnosticDescriptor Confused = Rule(
        "BG2050",
        "A guest offset must not become a host offset",
        "'{0}' is a {1} offset and is used as a {2} offset: only the lookup leads from one to the other");

    public static readonly DiagnosticDescriptor WidenedLate = Rule(
        "BG2051",
        "A product or sum must be computed in the type that it is kept in",
        "'{0}' is computed in 32 bits and only then widened to {1}, when it has overflowed: convert an operand before");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [Confused, WidenedLate];

    private static DiagnosticDescriptor Rule(string id, string title, string message) => new(
        id,
        title,
        message,
        RuleCategory.Lookup,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RulePage.Of(id));
}
