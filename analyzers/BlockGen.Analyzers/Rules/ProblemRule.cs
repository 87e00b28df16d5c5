using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>A rule over what the parsers find: its descriptor, and the problems that it explains.</summary>
internal sealed class ProblemRule(DiagnosticDescriptor descriptor, params ProblemKind[] kinds)
{
    /// <summary>The whole message; <see cref="ProblemMessages"/> has the words for each problem.</summary>
    public const string Message = "{0}";

    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    public ImmutableArray<ProblemKind> Kinds { get; } = [.. kinds];
}
