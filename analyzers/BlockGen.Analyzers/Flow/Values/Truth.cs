namespace BlockGen.Analyzers;

/// <summary>The value of a Boolean variable.</summary>
internal sealed class Truth
{
    private static readonly Truth s_yes = new(true);
    private static readonly Truth s_no = new(false);

    private Truth(bool value) => Value = value;

    public bool Value { get; }

    public static Truth Of(bool value) => value ? s_yes : s_no;

    public override string ToString() => Value ? "yes" : "no";
}
