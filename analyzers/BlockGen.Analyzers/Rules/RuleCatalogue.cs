using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Every rule, and the rule of each problem.</summary>
internal static class RuleCatalogue
{
    private static readonly ImmutableArray<ProblemRule> ProblemRules =
    [
        .. DeclarationRules.All,
        .. StructureRules.All,
        .. FieldRules.All,
        .. OptionRules.All,
        .. FormatListRules.All,
        .. EntryRules.All,
        .. ImageRules.All,
        .. MarkerRules.All,
        .. WriteOrderRules.All,
    ];

    private static readonly ImmutableDictionary<ProblemKind, DiagnosticDescriptor> ByKind = ProblemRules
        .SelectMany(rule => rule.Kinds, (rule, kind) => (rule, kind))
        .ToImmutableDictionary(pair => pair.kind, pair => pair.rule.Descriptor);

    /// <summary>Every descriptor, in order of its id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        .. ProblemRules
            .Select(rule => rule.Descriptor)
            .Append(FeatureFlagRule.Descriptor)
            .Append(UnhandledFeatureRule.Descriptor)
            .Append(FormatConflictRules.MagicShadowed)
            .Append(FormatConflictRules.NameTaken)
            .Concat(OffsetRules.All)
            .Concat(GuestDataRules.All)
            .Concat(AsyncRules.All)
            .Concat(UntrustedRules.All)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    public static DiagnosticDescriptor Of(ProblemKind kind) => ByKind[kind];

    /// <summary>The descriptors of groups of rules.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Descriptors(params ImmutableArray<ProblemRule>[] groups) =>
        [.. groups.SelectMany(group => group).Select(rule => rule.Descriptor)];
}
