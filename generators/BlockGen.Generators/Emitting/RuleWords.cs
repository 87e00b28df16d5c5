namespace BlockGen.Generators;

/// <summary>Rules in words.</summary>
internal static class RuleWords
{
    /// <summary>Everything that holds for a field: <c>multiple of 512, at most MappableSize</c>.</summary>
    public static string Of(FieldModel field)
    {
        IEnumerable<string?> words = field.Rules.Select(rule => Words(field, rule))
            .Append(OfType(field.Type))
            .Append(field.Checksum is { } checksum ? $"{ChecksumName(checksum.Kind)} of {checksum.Cover}" : null)
            .Append(field.Presence is { } presence ? OfPresence(presence) : null);
        return string.Join(", ", words.OfType<string>());
    }

    /// <summary>What is wrong with a value that breaks the rule.</summary>
    public static string Problem(FieldModel field, RuleModel rule) => rule switch
    {
        RuleModel.MagicText magic => $"is not {Literal.Text(magic.Text)}",
        RuleModel.MagicNumber magic => $"is not {HexOf(field, magic.Value)}",
        RuleModel.AnyMagic any => $"is none of {List(field, any)}",
        RuleModel.PowerOfTwo { Min: var min, Max: var max } => $"is not a power of two from {min} to {max}",
        RuleModel.InRange { Min: { } min, Max: { } max } => $"is not between {min} and {max}",
        RuleModel.InRange { Min: { } min } => $"is less than {min}",
        RuleModel.InRange { Max: { } max } => $"is more than {max}",
        RuleModel.OneOf oneOf => oneOf.Values.Count == 1 ? $"is not {oneOf.Values[0]}" : $"is not one of {List(oneOf)}",
        RuleModel.MultipleOf { Unit: var unit } => $"is not a multiple of {unit}",
        RuleModel.Compared { Comparison: Comparison.AlignedTo, Member.Name: var name } => $"is not a multiple of {name}",
        RuleModel.Compared { Comparison: Comparison.AtMost, Member.Name: var name } => $"is more than {name}",
        RuleModel.Compared { Member.Name: var name } => $"is less than {name}",
        _ => throw new InvalidOperationException($"no words for {rule}"),
    };

    private static string? Words(FieldModel field, RuleModel rule) => rule switch
    {
        RuleModel.MagicText magic => $"= {Literal.Text(magic.Text)}",
        RuleModel.MagicNumber magic => $"= {HexOf(field, magic.Value)}",
        RuleModel.AnyMagic any => $"one of {List(field, any)}",
        RuleModel.PowerOfTwo { Min: var min, Max: var max } => $"power of two, {min} to {max}",
        RuleModel.InRange { Min: { } min, Max: { } max } => $"{min} to {max}",
        RuleModel.InRange { Min: { } min } => $"at least {min}",
        RuleModel.InRange { Max: { } max } => $"at most {max}",
        RuleModel.InRange => null,
        RuleModel.OneOf oneOf => oneOf.Values.Count == 1 ? $"= {oneOf.Values[0]}" : $"one of {List(oneOf)}",
        RuleModel.MultipleOf { Unit: var unit } => $"multiple of {unit}",
        RuleModel.Compared { Comparison: Comparison.AlignedTo, Member.Name: var name } => $"multiple of {name}",
        RuleModel.Compared { Comparison: Comparison.AtMost, Member.Name: var name } => $"at most {name}",
        RuleModel.Compared { Member.Name: var name } => $"at least {name}",
        RuleModel.FeatureBits { Policy: "RefuseToOpen" } => "unknown bits: refuse to open",
        RuleModel.FeatureBits { Policy: "Clear" } => "unknown bits: clear",
        RuleModel.FeatureBits => "unknown bits: keep",
        _ => throw new InvalidOperationException($"no words for {rule}"),
    };

    private static string? OfType(FieldType type) => type switch
    {
        FieldType.Text { Encoding: "Ascii" } => "text, ASCII",
        FieldType.Text { Encoding: "Utf8" } => "text, UTF-8",
        FieldType.Text => "text, UTF-16",
        FieldType.Array array => $"{array.Count} elements",
        _ => null,
    };

    private static string OfPresence(PresenceModel presence) =>
        (presence.Outer is { } outer ? OfPresence(outer) + ", " : "")
        + $"if {presence.Member} {(presence.IsFlag ? "has" : "is")} {presence.Word}";

    private static string ChecksumName(string kind) => kind switch
    {
        "Crc32" => "CRC-32",
        "Crc32C" => "CRC-32C",
        _ => "ones' complement of the sum",
    };

    private static string List(RuleModel.OneOf oneOf) => string.Join(", ", oneOf.Values);

    private static string List(FieldModel field, RuleModel.AnyMagic any) =>
        string.Join(", ", any.Magics.Select(magic => magic is RuleModel.MagicNumber number
            ? HexOf(field, number.Value)
            : Literal.Text(((RuleModel.MagicText)magic).Text)));

    private static string HexOf(FieldModel field, ulong value) => Literal.Hex(value, digits: field.Size * 2);
}
