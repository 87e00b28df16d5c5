using System.Collections.Immutable;

namespace BlockGen.Generators;

/// <summary>C# expressions over a structure's fields.</summary>
internal static class Expressions
{
    // Locals and parameters of the generated members.
    private static readonly ImmutableHashSet<string> Locals = ["source", "target", "fault"];

    /// <summary>What the names of locals with checksums start with.</summary>
    public const string SumPrefix = "sum";

    /// <summary>A member of the structure, seen from one of its instance members.</summary>
    public static string Member(string name) =>
        Locals.Contains(name) || name.StartsWith(SumPrefix, StringComparison.Ordinal)
            ? $"this.{name}"
            : Identifier.Escape(name);

    /// <summary>The number of the member that a rule names.</summary>
    public static string Member(RuleMember member) => member.Value.Replace("{0}", Member(member.Name));

    /// <summary>The field's number in its own integer type.</summary>
    public static string Number(FieldType.Integer type, string member) =>
        type.IsHostOffset ? $"{member}.Value"
        : type.EnumName is not null ? $"({type.Number.Keyword}){member}"
        : member;

    /// <summary>The field's bits in the unsigned type of its size.</summary>
    public static string Unsigned(FieldType.Integer type, string member) =>
        type.Number.IsSigned
            ? $"unchecked(({type.Number.UnsignedKeyword}){member})"
            : Number(type, member);

    /// <summary>The field's type from an unsigned number.</summary>
    public static string FromUnsigned(FieldType.Integer type, string number) =>
        $"unchecked(({type.EnumName ?? type.Number.Keyword})({number}))";

    /// <summary>Whether a field means something.</summary>
    public static string IsPresent(PresenceModel presence)
    {
        string member = Member(presence.Member);
        string own = presence switch
        {
            { IsFlag: false } => $"{member} == {presence.Value}",
            { Type.EnumName: not null } => $"{member}.HasFlag({presence.Value})",
            _ => $"({member} & {presence.Value}) == {presence.Value}",
        };
        return presence.Outer is { } outer ? $"{IsPresent(outer)} && {own}" : own;
    }
}
