using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What is known of a value.</summary>
internal sealed class FlowValue : IEquatable<FlowValue>
{
    private const int MaxPartDepth = 4;

    private static readonly ImmutableDictionary<string, FlowValue> NoParts = ImmutableDictionary<string, FlowValue>.Empty;

    /// <summary>A value that nobody need distrust.</summary>
    public static FlowValue Clean { get; } = new();

    /// <summary>What is known of the memory it is, holds or refers to.</summary>
    public ImmutableArray<Mark> Marks { get; init; } = [];

    /// <summary>What is not known of it as a number; null when it is no number or can be trusted.</summary>
    public NumberFacts? Number { get; init; }

    /// <summary>Members and tuple elements that are known better than the whole.</summary>
    public ImmutableDictionary<string, FlowValue> Parts { get; init; } = NoParts;

    /// <summary>The comparison that a Boolean value is the result of.</summary>
    public IOperation? Condition { get; init; }

    /// <summary>What a delegate calls.</summary>
    public CallTarget? Target { get; init; }

    public bool IsClean => Marks.IsEmpty && Number is null && Parts.IsEmpty && Target is null;

    /// <summary>Whether it is or holds something that can be called, and that may use the variables around it.</summary>
    public bool MayCall => Target is not null || Parts.Values.Any(part => part.MayCall);

    public static FlowValue Of(Mark mark) => new() { Marks = [mark] };

    public static FlowValue Of(NumberFacts? number) =>
        number is null || number.IsTrusted ? Clean : new FlowValue { Number = number };

    public static FlowValue Of(ImmutableArray<Mark> marks) => marks.IsEmpty ? Clean : new FlowValue { Marks = marks };

    /// <summary>The marks of the value and of everything it holds.</summary>
    public ImmutableArray<Mark> AllMarks => Parts.IsEmpty
        ? Marks
        : [.. Marks.Concat(Parts.Values.SelectMany(part => part.AllMarks)).Distinct()];

    public FlowValue WithNumber(NumberFacts? number) => new()
    {
        Marks = Marks,
        Number = number is { IsTrusted: true } ? null : number,
        Parts = Parts,
        Condition = Condition,
        Target = Target,
    };

    public FlowValue WithMarks(ImmutableArray<Mark> marks) => new()
    {
        Marks = marks,
        Number = Number,
        Parts = Parts,
        Condition = Condition,
        Target = Target,
    };

    public FlowValue WithParts(ImmutableDictionary<string, FlowValue> parts) => new()
    {
        Marks = Marks,
        Number = Number,
        Parts = parts,
        Condition = Condition,
        Target = Target,
    };

    /// <summary>The value with each mark, in it and in its parts, as the function says.</summary>
    public FlowValue Select(Func<Mark, Mark?> change) => Marks.IsEmpty && Parts.IsEmpty
        ? this
        : WithMarks([.. Marks.Select(change).OfType<Mark>()])
            .WithParts(Parts.ToImmutableDictionary(part => part.Key, part => part.Value.Select(change)));

    /// <summary>The value as a number of any size, and with what is far inside of it taken for all of it.</summary>
    public FlowValue AtWorst(int depth = 0) => new()
    {
        Marks = depth < MaxPartDepth ? Marks : AllMarks,
        Number = Number?.AtWorst(),
        Parts = depth < MaxPartDepth ? Parts.SetItems(Parts.Select(part =>
            new KeyValuePair<string, FlowValue>(part.Key, part.Value.AtWorst(depth + 1)))) : NoParts,
        Target = Target,
    };

    public FlowValue Without(MarkKind kind) => Select(mark => mark.Kind == kind ? null : mark);

    /// <summary>The value once it has passed this place.</summary>
    public FlowValue Through(Location place) => IsClean
        ? this
        : Select(mark => mark.Through(place)).WithNumber(Number?.Through(place));

    /// <summary>A member; one that is not known shares the marks of the whole.</summary>
    public FlowValue Member(string name) => Parts.TryGetValue(name, out FlowValue? part) ? part : Of(Marks);

    public FlowValue Join(FlowValue other)
    {
        if (ReferenceEquals(this, other) || other.IsClean && IsClean)
        {
            return this;
        }

        return new FlowValue
        {
            Marks = other.Marks.All(mark => Marks.Contains(mark)) ? Marks : [.. Marks.Union(other.Marks)],
            Number = Number is null ? other.Number : other.Number is null ? Number : Number.Join(other.Number),
            Parts = JoinParts(other),
            Condition = ReferenceEquals(Condition, other.Condition) ? Condition : null,
            Target = Target ?? other.Target,
        };
    }

    public bool Equals(FlowValue? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (Marks.Length == other.Marks.Length
                && other.Marks.All(mark => Marks.Contains(mark))
                && Equals(Number, other.Number)
                && Parts.Count == other.Parts.Count
                && Parts.All(part => other.Parts.TryGetValue(part.Key, out FlowValue? same) && part.Value.Equals(same))
                && ReferenceEquals(Condition, other.Condition)
                && Equals(Target, other.Target)));

    public override bool Equals(object? obj) => Equals(obj as FlowValue);

    /// <summary>Whether the other is equal and got here on the same way.</summary>
    public bool IsSameInAll(FlowValue other) =>
        ReferenceEquals(this, other)
        || (Equals(other)
            && Equals(Number?.Trace, other.Number?.Trace)
            && Marks.Zip(other.Marks, (mark, same) => mark.Equals(same) && mark.Trace.Equals(same.Trace)).All(same => same)
            && Parts.All(part => part.Value.IsSameInAll(other.Parts[part.Key])));

    /// <summary>Adds the identities of the numbers that it is, holds or has grown with.</summary>
    public void AddIdentities(HashSet<object> identities)
    {
        if (Number is { } number)
        {
            identities.UnionWith(number.GrowsWith);
            if (number.Identity is { } identity)
            {
                identities.Add(identity);
            }
        }

        foreach (FlowValue part in Parts.Values)
        {
            part.AddIdentities(identities);
        }
    }

    public override int GetHashCode() => Marks.Length * 31 + Parts.Count;

    private ImmutableDictionary<string, FlowValue> JoinParts(FlowValue other)
    {
        ImmutableDictionary<string, FlowValue> parts = Parts;
        foreach (string name in Parts.Keys.Union(other.Parts.Keys))
        {
            parts = parts.SetItem(name, Member(name).Join(other.Member(name)));
        }

        return parts;
    }
}
