using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Which code the rules leave alone.</summary>
internal static class FlowScope
{
    /// <summary>The types that the rules are about guard their own memory.</summary>
    public static bool IsTrusted(ISymbol owner) => owner.ContainingType is { } type
        && (type.IsGuestBuffer() || type.IsBounceBuffer() || type.IsIn("BlockGen", "BouncePool"));
}
