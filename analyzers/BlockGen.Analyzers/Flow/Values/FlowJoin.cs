using System.Collections.Immutable;

namespace BlockGen.Analyzers;

/// <summary>Joins of what two paths know.</summary>
internal static class FlowJoin
{
    /// <summary>What either knows.</summary>
    public static ImmutableDictionary<TKey, TValue> Either<TKey, TValue>(
        ImmutableDictionary<TKey, TValue> left, ImmutableDictionary<TKey, TValue> right, Func<TValue, TValue, TValue> join)
        where TKey : notnull
    {
        if (ReferenceEquals(left, right) || right.IsEmpty)
        {
            return left;
        }

        ImmutableDictionary<TKey, TValue>.Builder joined = left.ToBuilder();
        foreach (KeyValuePair<TKey, TValue> pair in right)
        {
            joined[pair.Key] = left.TryGetValue(pair.Key, out TValue? known) ? join(known, pair.Value) : pair.Value;
        }

        return joined.ToImmutable();
    }

    /// <summary>What both know.</summary>
    public static ImmutableDictionary<TKey, TValue> Both<TKey, TValue>(
        ImmutableDictionary<TKey, TValue> left, ImmutableDictionary<TKey, TValue> right, Func<TValue, TValue, TValue> join)
        where TKey : notnull
        where TValue : class
    {
        if (ReferenceEquals(left, right))
        {
            return left;
        }

        ImmutableDictionary<TKey, TValue>.Builder joined = ImmutableDictionary.CreateBuilder<TKey, TValue>();
        foreach (KeyValuePair<TKey, TValue> pair in left)
        {
            if (right.TryGetValue(pair.Key, out TValue? other))
            {
                joined[pair.Key] = join(pair.Value, other);
            }
        }

        return joined.ToImmutable();
    }

    /// <summary>The truths on which both agree.</summary>
    public static ImmutableDictionary<AccessPath, Truth> Agreed(
        ImmutableDictionary<AccessPath, Truth> left, ImmutableDictionary<AccessPath, Truth> right) =>
        ReferenceEquals(left, right)
            ? left
            : left.RemoveRange(left
                .Where(pair => !right.TryGetValue(pair.Key, out Truth? other) || other != pair.Value)
                .Select(pair => pair.Key));

    public static bool Same<TKey, TValue>(
        ImmutableDictionary<TKey, TValue> left, ImmutableDictionary<TKey, TValue> right)
        where TKey : notnull =>
        ReferenceEquals(left, right)
        || (left.Count == right.Count
            && left.All(pair => right.TryGetValue(pair.Key, out TValue? other) && Equals(pair.Value, other)));
}
