namespace BlockGen.Generators;

/// <summary>Writes <c>Describe</c>.</summary>
internal static class DescriptionEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Enclosed($"public {names["IReadOnlyList"]}<string?> Describe() =>", "[", WriteEach, "];");

        void WriteEach()
        {
            foreach (FieldModel field in model.Fields)
            {
                string value = Value(names, field);
                if (field.Presence is { } presence)
                {
                    writer.Breakable(Expressions.IsPresent(presence), $"? {value} : null,");
                }
                else
                {
                    writer.Line($"{value},");
                }
            }
        }
    }

    /// <summary>A field's value as text.</summary>
    public static string Value(NameScope names, FieldModel field)
    {
        string member = Expressions.Member(field.Name);
        return field.Type switch
        {
            FieldType.Integer { IsHostOffset: true } => $"{member}.ToString()",
            FieldType.Integer { EnumName: null } integer when IsBitPattern(field) =>
                $"{names["LayoutRules"]}.Hex({Expressions.Unsigned(integer, member)})",
            FieldType.Text => $"{names["DiskText"]}.Quote({member})",
            FieldType.Array or FieldType.Struct => $"{member}.ToString()",
            _ => $"{names["LayoutRules"]}.Text({member})",
        };
    }

    private static bool IsBitPattern(FieldModel field) =>
        field.Checksum is not null
        || field.Rules.Any(rule =>
            rule is RuleModel.MagicText or RuleModel.MagicNumber or RuleModel.AnyMagic or RuleModel.FeatureBits);
}
