namespace BlockGen.Generators;

/// <summary>Writes <c>HasMagic</c>.</summary>
internal static class MagicEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        (FieldModel Field, RuleModel Rule)[] magics =
        [
            .. model.Fields.SelectMany(field => field.Rules
                .Where(rule => rule is RuleModel.MagicText or RuleModel.MagicNumber or RuleModel.AnyMagic)
                .Select(rule => (field, rule))),
        ];
        string head = $"public static bool HasMagic({names["ReadOnlySpan"]}<byte> source) =>";
        writer.Line("/// <inheritdoc/>");
        if (magics.Length == 0)
        {
            writer.Line($"{head} false;");
            return;
        }

        int end = magics.Max(magic => magic.Field.Offset + magic.Field.Size);
        writer.Line(head);
        writer.Indented(() =>
        {
            writer.Line($"source.Length >= {end}");
            for (int i = 0; i < magics.Length; i++)
            {
                string last = i + 1 == magics.Length ? ";" : "";
                (FieldModel field, RuleModel rule) = magics[i];
                if (rule is RuleModel.AnyMagic any)
                {
                    WriteAlternatives(
                        writer, [.. any.Magics.Select(magic => Condition(names, model, field, magic))], last);
                }
                else
                {
                    writer.Line($"&& {Condition(names, model, field, rule)}{last}");
                }
            }
        });
    }

    private static void WriteAlternatives(IndentedWriter writer, IReadOnlyList<string> conditions, string last)
    {
        writer.Line($"&& ({conditions[0]}");
        writer.Indented(() =>
        {
            for (int i = 1; i < conditions.Count; i++)
            {
                writer.Line($"|| {conditions[i]}{(i + 1 == conditions.Count ? $"){last}" : "")}");
            }
        });
    }

    /// <summary>
    /// Writes a constant for each magic number, so that a driver that makes a structure need not say it again.
    /// </summary>
    public static IEnumerable<Action> Constants(IndentedWriter writer, DiskStructModel model)
    {
        foreach (FieldModel field in model.Fields)
        {
            ulong? value = field.Rules.Select(rule => Number(model, rule)).FirstOrDefault(number => number is not null);
            if (value is { } magic && field.Type is FieldType.Integer { EnumName: null, IsHostOffset: false } integer)
            {
                yield return () => writer.Line(
                    $"""
                    /// <summary>What <see cref="{field.Name}"/> must be.</summary>
                    internal const {integer.Number.Keyword} {field.Name}Value = unchecked(({integer.Number.Keyword}){Literal.Hex(magic)});
                    """);
            }
        }
    }

    private static ulong? Number(DiskStructModel model, RuleModel rule) => rule switch
    {
        RuleModel.MagicText magic when magic.Text.Length <= sizeof(ulong) => RuleConditions.MagicValue(model, magic.Text),
        RuleModel.MagicNumber magic => magic.Value,
        _ => null,
    };

    private static string Condition(NameScope names, DiskStructModel model, FieldModel field, RuleModel rule) => rule switch
    {
        RuleModel.MagicText magic => $"{CodecEmitter.Slice("source", field)}.SequenceEqual({Bytes(names, magic.Text)})",
        RuleModel.MagicNumber magic =>
            $"{CodecEmitter.ReadNumber(names, model, ((FieldType.Integer)field.Type).Number, field.Offset)} "
            + $"== {Literal.Hex(magic.Value)}",
        _ => throw new InvalidOperationException($"{rule} is no magic"),
    };

    private static string Bytes(NameScope names, string text) =>
        text.All(character => character < 0x80)
            ? Literal.Text(text) + "u8"
            : $"({names["ReadOnlySpan"]}<byte>)[{string.Join(", ", text.Select(character => Literal.Hex(character, digits: 2)))}]";
}
