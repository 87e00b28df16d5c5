using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What is known at one point of a method.</summary>
internal sealed record FlowState
{
    public static FlowState Empty { get; } = new();

    /// <summary>What each place holds; places that are not here hold what their symbol says.</summary>
    public ImmutableDictionary<AccessPath, FlowValue> Values { get; init; } =
        ImmutableDictionary<AccessPath, FlowValue>.Empty;

    /// <summary>What checks have shown, by the identity of the number.</summary>
    public ImmutableDictionary<object, NumberLimits> Limits { get; init; } =
        ImmutableDictionary<object, NumberLimits>.Empty;

    /// <summary>How guest memory has been looked at so far.</summary>
    public ImmutableDictionary<Origin, ImmutableList<Look>> Looks { get; init; } =
        ImmutableDictionary<Origin, ImmutableList<Look>>.Empty;

    /// <summary>Whether each bounce buffer that was rented has been returned.</summary>
    public ImmutableDictionary<Origin, BounceStage> Bounces { get; init; } =
        ImmutableDictionary<Origin, BounceStage>.Empty;

    /// <summary>Tasks that use guest memory and that nobody has waited for.</summary>
    public ImmutableHashSet<Origin> Pending { get; init; } = [];

    /// <summary>Boolean variables whose value is known.</summary>
    public ImmutableDictionary<AccessPath, Truth> Truths { get; init; } = ImmutableDictionary<AccessPath, Truth>.Empty;

    /// <summary>Variables that refer to the bytes of another place.</summary>
    public ImmutableDictionary<AccessPath, Alias> Aliases { get; init; } = ImmutableDictionary<AccessPath, Alias>.Empty;

    /// <summary>States that agree on this are joined; others are followed separately.</summary>
    public string Key => Bounces.IsEmpty && Truths.IsEmpty
        ? ""
        : string.Join(
            ";",
            Bounces.Select(pair => $"{pair.Key.Location.SourceSpan.Start}={pair.Value}")
                .Concat(Truths.Select(pair => $"{pair.Key.Root}{pair.Key.Members}={pair.Value}"))
                .OrderBy(text => text, StringComparer.Ordinal));

    /// <summary>The state with a place changed; what was known of its parts is forgotten.</summary>
    public FlowState Set(AccessPath place, FlowValue value)
    {
        ImmutableDictionary<AccessPath, FlowValue> values = Values;
        foreach (AccessPath inner in Values.Keys.Where(place.Contains).ToArray())
        {
            values = values.Remove(inner);
        }

        return Forget(place) with { Values = values.SetItem(place, value) };
    }

    /// <summary>The state once a method has ended: what only its variables name has one name again.</summary>
    public FlowState WithoutNamesIn(IMethodSymbol method) => Aliases.IsEmpty
        ? this
        : this with
        {
            Aliases = Aliases.RemoveRange(Aliases
                .Where(alias => IsOf(alias.Key.Root, method)
                    || (IsOf(alias.Value.Place.Root, method)
                        && Aliases.Values.Count(other => other.Place.Equals(alias.Value.Place)) == 1))
                .Select(alias => alias.Key)),
        };

    private static bool IsOf(object root, IMethodSymbol method) =>
        root is ILocalSymbol or IParameterSymbol
        && SymbolEqualityComparer.Default.Equals(((ISymbol)root).ContainingSymbol, method);

    /// <summary>What both states know.</summary>
    public FlowState Join(FlowState other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        return new FlowState
        {
            Values = FlowJoin.Either(Values, other.Values, (left, right) => left.Join(right)),
            Limits = FlowJoin.Both(Limits, other.Limits, (left, right) => left.Or(right)),
            Looks = FlowJoin.Either(Looks, other.Looks, Look.Union),
            Bounces = FlowJoin.Either(Bounces, other.Bounces, (left, right) => left == right ? left : BounceStage.Escaped),
            Pending = Pending.Union(other.Pending),
            Truths = FlowJoin.Agreed(Truths, other.Truths),
            Aliases = FlowJoin.Either(Aliases, other.Aliases, (left, _) => left),
        };
    }

    /// <summary>The state with the numbers that have grown since the earlier one as large as numbers get.</summary>
    public FlowState Widened(FlowState earlier)
    {
        ImmutableDictionary<AccessPath, FlowValue> values = Values;
        foreach (KeyValuePair<AccessPath, FlowValue> pair in Values)
        {
            if (pair.Value.Number is { } number
                && earlier.Values.TryGetValue(pair.Key, out FlowValue? before)
                && before.Number is { } smaller
                && number.Max > smaller.Max)
            {
                values = values.SetItem(pair.Key, pair.Value.WithNumber(number with { Max = NumberFacts.Unlimited, IsMaxKnown = false }));
            }
        }

        return this with { Values = values };
    }

    /// <summary>The state with numbers that may be anything, and without what checks have shown.</summary>
    public FlowState AtWorst() => this with
    {
        Values = Values.SetItems(Values.Select(pair =>
            new KeyValuePair<AccessPath, FlowValue>(pair.Key, pair.Value.AtWorst()))),
        Limits = Empty.Limits,
        Truths = Empty.Truths,
    };

    public bool Equals(FlowState? other) =>
        other is not null
        && FlowJoin.Same(Values, other.Values)
        && FlowJoin.Same(Limits, other.Limits)
        && FlowJoin.Same(Bounces, other.Bounces)
        && FlowJoin.Same(Truths, other.Truths)
        && FlowJoin.Same(Aliases, other.Aliases)
        && Pending.SetEquals(other.Pending)
        && Looks.Count == other.Looks.Count
        && Looks.All(pair => other.Looks.TryGetValue(pair.Key, out ImmutableList<Look>? looks)
            && looks.Count == pair.Value.Count);

    public override int GetHashCode() => Values.Count;

    /// <summary>Whether the other is equal, and all in it got there on the same way.</summary>
    public bool IsSameInAll(FlowState other) =>
        Equals(other)
        && Values.All(pair => pair.Value.IsSameInAll(other.Values[pair.Key]))
        && Looks.All(pair => pair.Value.SequenceEqual(other.Looks[pair.Key]));

    private FlowState Forget(AccessPath place)
    {
        FlowState state = this;
        if (!Truths.IsEmpty)
        {
            state = state with { Truths = Truths.Remove(place) };
        }

        if (!Limits.IsEmpty)
        {
            state = state with
            {
                Limits = Limits.RemoveRange(Limits.Keys.Where(key => key is AccessPath path && place.Contains(path))),
            };
        }

        if (!Aliases.IsEmpty)
        {
            state = state with
            {
                Aliases = Aliases.RemoveRange(Aliases
                    .Where(pair => place.Contains(pair.Key) || place.Contains(pair.Value.Place))
                    .Select(pair => pair.Key)),
            };
        }

        return place.Root is ISymbol symbol && place.Members.Length == 0 ? state.OutdateRanges(symbol) : state;
    }

    /// <summary>A range spelled with this variable means other bytes from now on.</summary>
    private FlowState OutdateRanges(ISymbol symbol)
    {
        ImmutableDictionary<AccessPath, FlowValue> values = Values;
        foreach (KeyValuePair<AccessPath, FlowValue> pair in Values)
        {
            if (pair.Value.Marks.Any(mark => mark.Range.Mentions(symbol)))
            {
                values = values.SetItem(pair.Key, pair.Value.Select(mark =>
                    mark.Range.Mentions(symbol) ? mark.With(mark.Range.Outdated()) : mark));
            }
        }

        ImmutableDictionary<Origin, ImmutableList<Look>> looks = Looks;
        foreach (KeyValuePair<Origin, ImmutableList<Look>> pair in Looks)
        {
            if (pair.Value.Any(look => look.Range.Mentions(symbol)))
            {
                looks = looks.SetItem(pair.Key, [.. pair.Value.Select(look => look.Outdated(symbol)).Distinct()]);
            }
        }

        return this with { Values = values, Looks = looks };
    }
}
