using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>
/// Part of a piece of memory, as the source spells it: two parts with different words may be different bytes, two with
/// the same words are the same.
/// </summary>
/// <param name="start">First byte, in the words of the source; "0" for the beginning.</param>
/// <param name="fixedStart">First byte where it is a constant.</param>
/// <param name="fixedLength">Bytes where that is a constant; null when unknown or up to the end.</param>
/// <param name="isOpen">Whether it goes on to the end.</param>
/// <param name="symbols">The variables that its words mention.</param>
internal sealed class ByteRange(
    string start, long? fixedStart, long? fixedLength, bool isOpen, ImmutableArray<ISymbol> symbols)
    : IEquatable<ByteRange>
{
    /// <summary>All of it.</summary>
    public static ByteRange Whole { get; } = new("0", 0, null, isOpen: true, []);

    /// <summary>One element after the other, as an enumerator gives them.</summary>
    public static ByteRange EachElement { get; } = new("each", null, 1, isOpen: false, []);

    public bool IsWhole => isOpen && fixedStart == 0;

    /// <summary>Whether a change of this variable makes the words mean other bytes.</summary>
    public bool Mentions(ISymbol symbol) => symbols.Contains(symbol, SymbolEqualityComparer.Default);

    /// <summary>This range once the variables in its words have changed.</summary>
    public ByteRange Outdated() =>
        new(Spelling.EndsWith("'", StringComparison.Ordinal) ? Spelling : Spelling + "'", null, fixedLength, isOpen, []);

    public string Spelling => start;

    public long? FixedStart => fixedStart;

    public long? FixedLength => fixedLength;

    public bool IsOpen => isOpen;

    public ImmutableArray<ISymbol> Symbols => symbols;

    /// <summary>Part of this range.</summary>
    public ByteRange Part(
        string partStart, long? partFixedStart, long? length, bool isOpenPart, ImmutableArray<ISymbol> mentioned)
    {
        bool isFixed = fixedStart is not null && partFixedStart is not null;
        return new ByteRange(
            partFixedStart == 0 ? Spelling : fixedStart == 0 ? partStart : $"{Base}+{partStart}",
            isFixed ? fixedStart + partFixedStart : partFixedStart == 0 ? fixedStart : null,
            length,
            isOpenPart && isOpen,
            symbols.AddRange(mentioned));
    }

    // Of a part of a part of a part no more is said: loops that cut piece after piece come to an end.
    private string Base => Spelling.IndexOf('+') >= 0 || Spelling.EndsWith("'", StringComparison.Ordinal) ? "…" : Spelling;

    /// <summary>Whether both have a byte in common, as far as their words say.</summary>
    public bool Overlaps(ByteRange other)
    {
        if (IsWhole || other.IsWhole || Spelling == other.Spelling)
        {
            return true;
        }

        return fixedStart is { } first && other.FixedStart is { } second
            && (fixedLength is not { } length ? isOpen || first >= second : first + length > second)
            && (other.FixedLength is not { } otherLength ? other.IsOpen || second >= first : second + otherLength > first);
    }

    public bool Equals(ByteRange? other) =>
        other is not null && Spelling == other.Spelling && isOpen == other.IsOpen && fixedLength == other.FixedLength;

    public override bool Equals(object? obj) => Equals(obj as ByteRange);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Spelling);
}
