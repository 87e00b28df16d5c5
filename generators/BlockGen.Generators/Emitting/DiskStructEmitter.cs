namespace BlockGen.Generators;

/// <summary>Writes a disk structure's codec, validation and description.</summary>
internal static class DiskStructEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        LayoutTable.Write(writer, model);
        writer.Line(SourceFile.GeneratedCode(names));
        writer.Block($"partial record struct {model.Type.Name} : {names["IDiskStruct"]}<{model.Type.Name}>", () => writer.Members(
        [
            .. MagicEmitter.Constants(writer, model),
            () => WriteSize(writer, model),
            () => WriteFields(writer, names, model),
            () => CodecEmitter.WriteRead(writer, names, model),
            () => MagicEmitter.Write(writer, names, model),
            () => ChecksumEmitter.WriteVerify(writer, names, model),
            () => CodecEmitter.WriteWrite(writer, names, model),
            () => ValidationEmitter.Write(writer, names, model),
            () => WriteWithoutUnknownBits(writer, names, model),
            () => DescriptionEmitter.Write(writer, names, model),
        ]));
    }

    private static void WriteSize(IndentedWriter writer, DiskStructModel model) =>
        writer.Line(
            $"""
            /// <inheritdoc/>
            public static int Size => {model.Size};
            """);

    private static void WriteFields(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        writer.Line("/// <inheritdoc/>");
        string head = $"public static {names["IReadOnlyList"]}<{names["FieldLayout"]}> Fields {{ get; }} =";
        writer.Enclosed(head, "[", WriteEach, "];");

        void WriteEach()
        {
            foreach (FieldModel field in model.Fields)
            {
                string words = Literal.Text(RuleWords.Of(field));
                string summary = Literal.Text(field.Summary);
                writer.Breakable(
                    $"new({Literal.Text(field.Name)}, {Literal.Offset(field.Offset)}, {field.Size}, {words},",
                    $"{summary}),");
            }
        }
    }

    private static void WriteWithoutUnknownBits(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        string type = model.Type.Name;
        string[] changes = [.. model.Fields.Select(field => Cleared(names, field)).OfType<string>()];
        writer.Line("/// <inheritdoc/>");
        if (changes.Length == 0)
        {
            writer.Line($"public {type} WithoutUnknownBits() => this;");
            return;
        }

        writer.Enclosed($"public {type} WithoutUnknownBits() => this with", "{", WriteEach, "};");

        void WriteEach()
        {
            foreach (string change in changes)
            {
                writer.Line(change);
            }
        }
    }

    private static string? Cleared(NameScope names, FieldModel field)
    {
        string member = Expressions.Member(field.Name);
        RuleModel.FeatureBits? bits = field.Rules
            .OfType<RuleModel.FeatureBits>()
            .FirstOrDefault(rule => rule.Policy == "Clear");
        string? value = field.Type switch
        {
            FieldType.Struct { HasBitsToClear: true } => $"{member}.WithoutUnknownBits()",
            FieldType.Array { Element: FieldType.Struct { HasBitsToClear: true } } =>
                $"{names["LayoutRules"]}.WithoutUnknownBits({member})",
            FieldType.Integer when bits is { Known: 0 } => "0",
            FieldType.Integer integer when bits is not null =>
                Expressions.FromUnsigned(integer, $"{Expressions.Unsigned(integer, member)} & {Literal.Hex(bits.Known)}"),
            _ => null,
        };
        if (value is null)
        {
            return null;
        }

        string guarded = field.Presence is { } presence ? $"{Expressions.IsPresent(presence)} ? {value} : {member}" : value;
        return $"{Identifier.Escape(field.Name)} = {guarded},";
    }
}
