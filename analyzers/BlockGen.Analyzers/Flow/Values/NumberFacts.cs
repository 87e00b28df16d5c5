using System.Collections.Immutable;
using System.Numerics;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What is not known of a number that came from a disk. A number that nobody need distrust has no facts.</summary>
internal sealed record NumberFacts
{
    /// <summary>More than any type can hold.</summary>
    public static readonly BigInteger Unlimited = BigInteger.One << 128;

    public NumberFacts(Origin origin, object? identity, BigInteger max)
    {
        Origin = origin;
        Identity = identity;
        Max = max;
        Trace = new Trace(null, origin.Location);
    }

    /// <summary>Where it was read.</summary>
    public Origin Origin { get; init; }

    /// <summary>Equal for values that are the same number; null when there may be no other.</summary>
    public object? Identity { get; init; }

    /// <summary>The largest value it can have, by its type and by what was done to it.</summary>
    public BigInteger Max { get; init; }

    /// <summary>Whether rules or checks say so, and it is not just what its type can hold.</summary>
    public bool IsMaxKnown { get; init; }

    /// <summary>Whether nothing limits it from above.</summary>
    public bool IsUnbounded { get; init; }

    /// <summary>Whether it may be negative.</summary>
    public bool MayBeNegative { get; init; }

    /// <summary>Whether it may be zero.</summary>
    public bool MayBeZero { get; init; }

    /// <summary>Whether the arithmetic that led here throws on overflow.</summary>
    public bool IsChecked { get; init; }

    /// <summary>The numbers that are limited when this one is: it grows with them.</summary>
    public ImmutableArray<object> GrowsWith { get; init; } = [];

    /// <summary>How it got here; no part of the facts.</summary>
    public Trace Trace { get; init; }

    public bool IsTrusted => !IsUnbounded && !MayBeNegative && !MayBeZero && !IsMaxKnown;

    public NumberFacts Through(Location place) => this with { Trace = Trace.Through(place) };

    /// <summary>The facts that hold of either.</summary>
    public NumberFacts Join(NumberFacts other) => this with
    {
        Identity = Equals(Identity, other.Identity) ? Identity : null,
        Max = BigInteger.Max(Max, other.Max),
        IsMaxKnown = IsMaxKnown && other.IsMaxKnown,
        IsUnbounded = IsUnbounded || other.IsUnbounded,
        MayBeNegative = MayBeNegative || other.MayBeNegative,
        MayBeZero = MayBeZero || other.MayBeZero,
        IsChecked = IsChecked && other.IsChecked,
        GrowsWith = GrowsWith.SequenceEqual(other.GrowsWith) ? GrowsWith : [],
    };

    /// <summary>The facts when those that are known of the same number elsewhere hold too.</summary>
    public NumberFacts Restrict(NumberLimits limits) => this with
    {
        Max = limits.Max is { } max ? BigInteger.Min(Max, max) : Max,
        IsMaxKnown = IsMaxKnown || limits.Max is not null,
        IsUnbounded = IsUnbounded && !limits.IsBounded,
        MayBeNegative = MayBeNegative && !limits.IsNotNegative,
        MayBeZero = MayBeZero && !limits.IsNotZero,
    };

    /// <summary>The number when it may be any.</summary>
    public NumberFacts AtWorst() => new(Origin, null, Unlimited)
    {
        IsUnbounded = true,
        MayBeNegative = MayBeNegative,
        MayBeZero = true,
        Trace = Trace,
    };

    public bool Equals(NumberFacts? other) =>
        other is not null
        && Origin.Equals(other.Origin)
        && Equals(Identity, other.Identity)
        && Max == other.Max
        && IsMaxKnown == other.IsMaxKnown
        && IsUnbounded == other.IsUnbounded
        && MayBeNegative == other.MayBeNegative
        && MayBeZero == other.MayBeZero
        && IsChecked == other.IsChecked
        && GrowsWith.SequenceEqual(other.GrowsWith);

    public override int GetHashCode() => Origin.GetHashCode();
}

/// <summary>What checks have shown of a number.</summary>
/// <param name="IsBounded">It does not exceed something that can be trusted.</param>
/// <param name="IsNotNegative">It is zero or more.</param>
/// <param name="IsNotZero">It is not zero.</param>
/// <param name="Max">The limit, where that is a constant.</param>
internal sealed record NumberLimits(bool IsBounded, bool IsNotNegative, bool IsNotZero, BigInteger? Max)
{
    public static NumberLimits None { get; } = new(false, false, false, null);

    /// <summary>What both have shown, one after the other.</summary>
    public NumberLimits And(NumberLimits other) => new(
        IsBounded || other.IsBounded,
        IsNotNegative || other.IsNotNegative,
        IsNotZero || other.IsNotZero,
        Max is { } left && other.Max is { } right ? BigInteger.Min(left, right) : Max ?? other.Max);

    /// <summary>What is known when only one of the two has been shown.</summary>
    public NumberLimits Or(NumberLimits other) => new(
        IsBounded && other.IsBounded,
        IsNotNegative && other.IsNotNegative,
        IsNotZero && other.IsNotZero,
        Max is { } left && other.Max is { } right ? BigInteger.Max(left, right) : null);
}
