namespace BlockGen.Generators;

/// <summary>A rule of a field.</summary>
internal abstract record RuleModel
{
    private RuleModel()
    {
    }

    /// <param name="Text">Characters up to U+00FF, one for each byte.</param>
    internal sealed record MagicText(string Text) : RuleModel;

    internal sealed record MagicNumber(ulong Value) : RuleModel;

    /// <summary>One of several magics.</summary>
    internal sealed record AnyMagic(EquatableArray<RuleModel> Magics) : RuleModel;

    internal sealed record PowerOfTwo(ulong Min, ulong Max) : RuleModel;

    /// <param name="Min">Null when every value of the type is large enough.</param>
    /// <param name="Max">Null when every value of the type is small enough.</param>
    internal sealed record InRange(ulong? Min, ulong? Max) : RuleModel;

    internal sealed record OneOf(EquatableArray<ulong> Values) : RuleModel;

    internal sealed record MultipleOf(ulong Unit) : RuleModel;

    /// <summary>A comparison with another member.</summary>
    internal sealed record Compared(Comparison Comparison, RuleMember Member) : RuleModel;

    /// <param name="Policy">A member of <c>UnknownBits</c>.</param>
    /// <param name="Known">The bits of the field's enum.</param>
    internal sealed record FeatureBits(string Policy, ulong Known) : RuleModel;
}

internal enum Comparison
{
    AlignedTo,
    AtMost,
    AtLeast,
}

/// <summary>The member a rule compares with.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">How its number is reached: <c>{0}</c>, <c>{0}.Value</c>, <c>(uint){0}</c>.</param>
/// <param name="CompareAs">The type both sides are converted to; null where C# compares them as they are.</param>
internal sealed record RuleMember(string Name, string Value, string? CompareAs);
