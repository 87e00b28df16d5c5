using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>How guest memory is looked at.</summary>
internal enum LookKind
{
    /// <summary>A value is read or compared.</summary>
    Inspection,

    /// <summary>A checksum, a compressed or encrypted form, a parsed number, or whether all is zero.</summary>
    Digest,

    /// <summary>The bytes are copied.</summary>
    Copy,

    /// <summary>The bytes are stored.</summary>
    Store,
}

/// <summary>One look at guest memory.</summary>
/// <param name="Kind">How.</param>
/// <param name="Range">At which part.</param>
/// <param name="Syntax">Where in the source.</param>
internal sealed record Look(LookKind Kind, ByteRange Range, SyntaxNode Syntax)
{
    /// <summary>Whether a second look there may find other bytes than the first.</summary>
    public bool Repeats(Look earlier) =>
        Range.Overlaps(earlier.Range) && (Syntax != earlier.Syntax || Range.IsWhole);

    /// <summary>The look once this variable has changed: it was at other bytes than the same words mean now.</summary>
    public Look Outdated(ISymbol symbol) => Range.Mentions(symbol) ? this with { Range = Range.Outdated() } : this;

    public static ImmutableList<Look> Union(ImmutableList<Look> left, ImmutableList<Look> right) =>
        right.All(left.Contains) ? left : left.AddRange(right.Except(left));
}
