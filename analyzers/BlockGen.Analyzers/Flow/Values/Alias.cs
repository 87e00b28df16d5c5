using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What a span, a memory, a pointer or a reference to an array was made of: both name the same bytes.</summary>
/// <param name="Place">The place that holds the bytes.</param>
/// <param name="Member">The field or property that it is in; null for a variable.</param>
internal sealed record Alias(AccessPath Place, ISymbol? Member);
