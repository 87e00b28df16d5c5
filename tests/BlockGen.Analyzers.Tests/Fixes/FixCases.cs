using System.Collections.Immutable;
using System.Reflection;
using BlockGen.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace BlockGen.Analyzers.Tests;

/// <summary>Every fix that is offered, and what each does.</summary>
internal static class FixCases
{
    public static ImmutableArray<CodeFixProvider> Providers { get; } =
    [
        .. typeof(RuleFixProvider).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<ExportCodeFixProviderAttribute>() is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    public static IReadOnlyList<FixCase> All { get; } =
    [
        .. LayoutFixCases.All,
        .. OptionFixCases.All,
        .. EntryFixCases.All,
        .. ImageFixCases.All,
        .. WriteOrderFixCases.All,
        .. GuestDataFixCases.All,
        .. AsyncFixCases.All,
        .. UntrustedFixCases.All,
    ];
}
