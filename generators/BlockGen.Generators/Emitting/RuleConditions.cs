namespace BlockGen.Generators;

/// <summary>Writes the condition under which a rule is broken.</summary>
internal static class RuleConditions
{
    /// <summary>The condition; null for a rule that no value of the type can break.</summary>
    public static string? Broken(NameScope names, DiskStructModel model, FieldModel field, RuleModel rule)
    {
        string member = Expressions.Member(field.Name);
        if (rule is RuleModel.AnyMagic any)
        {
            return string.Join(" && ", any.Magics.Select(magic => Broken(names, model, field, magic)));
        }

        if (rule is RuleModel.MagicText { Text: var text } && field.Type is FieldType.Text)
        {
            return $"{member} != {Literal.Text(text.Split('\0')[0])}";
        }

        FieldType.Integer type = (FieldType.Integer)field.Type;
        string number = Expressions.Number(type, member);
        return rule switch
        {
            RuleModel.MagicText magic => Differs(type, member, MagicValue(model, magic.Text)),
            RuleModel.MagicNumber magic => Differs(type, member, magic.Value),
            RuleModel.PowerOfTwo power => $"!{names["LayoutRules"]}.IsPowerOfTwo({Expressions.Unsigned(type, member)}, "
                + $"min: {Literal.Decimal(power.Min)}, max: {Literal.Decimal(power.Max)})",
            RuleModel.InRange { Min: { } min, Max: { } max } =>
                $"{number} is < {Literal.Decimal(min)} or > {Literal.Decimal(max)}",
            RuleModel.InRange { Min: { } min } => $"{number} < {Literal.Decimal(min)}",
            RuleModel.InRange { Max: { } max } => $"{number} > {Literal.Decimal(max)}",
            RuleModel.OneOf oneOf => $"{number} is not ({string.Join(" or ", oneOf.Values.Select(Literal.Decimal))})",
            RuleModel.MultipleOf { Unit: > 1 and var unit } => $"{number} % {Literal.Decimal(unit)} != 0",
            RuleModel.FeatureBits bits when UnknownMask(type, bits) is not 0 and var unknown =>
                $"({Expressions.Unsigned(type, member)} & {Literal.Hex(unknown)}) != 0",
            RuleModel.Compared compared => Compared(names, number, compared),
            _ => null,
        };
    }

    /// <summary>The number that a field with this magic holds.</summary>
    public static ulong MagicValue(DiskStructModel model, string text)
    {
        IEnumerable<char> bytes = model.IsBigEndian ? text : text.Reverse();
        return bytes.Aggregate(0UL, (value, character) => (value << 8) | character);
    }

    private static ulong UnknownMask(FieldType.Integer type, RuleModel.FeatureBits bits) => type.Number.AllBits & ~bits.Known;

    private static string Differs(FieldType.Integer type, string member, ulong value) =>
        $"{Expressions.Unsigned(type, member)} != {Literal.Hex(value, digits: type.Number.Size * 2)}";

    private static string Compared(NameScope names, string number, RuleModel.Compared rule)
    {
        string cast = rule.Member.CompareAs is { } wide ? $"({names[wide]})" : "";
        string left = cast + number;
        string right = cast + Expressions.Member(rule.Member);
        return rule.Comparison switch
        {
            Comparison.AlignedTo => $"{right} == 0 || {left} % {right} != 0",
            Comparison.AtMost => $"{left} > {right}",
            _ => $"{left} < {right}",
        };
    }
}
