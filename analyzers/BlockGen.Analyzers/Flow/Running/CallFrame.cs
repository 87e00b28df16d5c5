using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>
/// What a called method can see of its caller's state, and what waits meanwhile: the caller's variables and what is known
/// of numbers that only they hold.
/// </summary>
internal sealed class CallFrame
{
    private readonly FlowState _before;
    private readonly FlowState? _visible;

    private CallFrame(FlowState before, FlowState? visible)
    {
        _before = before;
        _visible = visible;
    }

    /// <summary>What the called method can see.</summary>
    public FlowState Visible => _visible ?? _before;

    /// <summary>Separates the two.</summary>
    /// <param name="before">The caller's state.</param>
    /// <param name="called">What is called.</param>
    /// <param name="given">What it is given.</param>
    public static CallFrame Of(FlowState before, IMethodSymbol called, FlowValue given)
    {
        if (called.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction
            || given.MayCall
            || before.Aliases.Any(alias => IsVisible(alias.Key) && !IsVisible(alias.Value.Place)))
        {
            return new CallFrame(before, null);
        }

        HashSet<object> numbers = [];
        given.AddIdentities(numbers);
        ImmutableDictionary<AccessPath, FlowValue>.Builder values = FlowState.Empty.Values.ToBuilder();
        foreach (KeyValuePair<AccessPath, FlowValue> pair in before.Values)
        {
            if (!IsVisible(pair.Key))
            {
                continue;
            }

            if (pair.Value.MayCall)
            {
                return new CallFrame(before, null);
            }

            pair.Value.AddIdentities(numbers);
            values.Add(pair);
        }

        return new CallFrame(before, before with
        {
            Values = values.ToImmutable(),
            Limits = Kept(before.Limits, key => key is AccessPath path ? IsVisible(path) : numbers.Contains(key)),
            Truths = Kept(before.Truths, IsVisible),
            Aliases = Kept(before.Aliases, IsVisible),
        });
    }

    /// <summary>The caller's state after the call.</summary>
    /// <param name="after">The called method's state at its end.</param>
    /// <param name="renewed">The numbers that it read anew.</param>
    public FlowState Return(FlowState after, HashSet<object> renewed)
    {
        if (_visible is null)
        {
            return after;
        }

        return after with
        {
            Values = after.Values
                .SetItems(_before.Values.Where(pair => !IsVisible(pair.Key)))
                .SetItems(Written(after)),
            Limits = after.Limits.SetItems(_before.Limits
                .Where(pair => !_visible.Limits.ContainsKey(pair.Key) && !renewed.Contains(pair.Key))
                .Select(pair => after.Limits.TryGetValue(pair.Key, out NumberLimits? shown)
                    ? new KeyValuePair<object, NumberLimits>(pair.Key, pair.Value.And(shown))
                    : pair)),
            Truths = after.Truths.SetItems(_before.Truths.Where(pair => !IsVisible(pair.Key))),
            Aliases = after.Aliases.SetItems(_before.Aliases.Where(pair => !IsVisible(pair.Key))),
        };
    }

    /// <summary>The caller's variables that refer to bytes of a field, with what the called method put there.</summary>
    private IEnumerable<KeyValuePair<AccessPath, FlowValue>> Written(FlowState after)
    {
        foreach (KeyValuePair<AccessPath, Alias> alias in _before.Aliases.Where(alias => !IsVisible(alias.Key)))
        {
            FlowValue earlier = _before.Values.GetValueOrDefault(alias.Value.Place, FlowValue.Clean);
            if (IsVisible(alias.Value.Place)
                && after.Values.TryGetValue(alias.Value.Place, out FlowValue? written)
                && written.Marks.Any(mark => !earlier.Marks.Contains(mark)))
            {
                FlowValue known = _before.Values.GetValueOrDefault(alias.Key, FlowValue.Clean);
                yield return new(alias.Key, known.Join(FlowValue.Of(written.Marks)));
            }
        }
    }

    private static ImmutableDictionary<TKey, TValue> Kept<TKey, TValue>(
        ImmutableDictionary<TKey, TValue> all, Func<TKey, bool> isKept)
        where TKey : notnull => all.RemoveRange(all.Keys.Where(key => !isKept(key)));

    /// <summary>Fields and static members are seen by all, variables by those they belong to.</summary>
    private static bool IsVisible(AccessPath place) => place.Root is INamedTypeSymbol or IFieldSymbol or IPropertySymbol;
}
