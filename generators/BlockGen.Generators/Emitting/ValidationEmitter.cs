namespace BlockGen.Generators;

/// <summary>Writes <c>Validate</c>.</summary>
internal static class ValidationEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        (string Condition, Fault Fault)[] arms = [.. model.Fields.SelectMany(field => Arms(names, model, field))];
        string head = $"public {names["LayoutFault"]}? Validate() =>";
        writer.Line("/// <inheritdoc/>");
        if (arms.Length == 0)
        {
            writer.Line($"{head} null;");
            return;
        }

        writer.Enclosed($"{head} this switch", "{", WriteArms, "};");

        void WriteArms()
        {
            foreach ((string condition, Fault fault) in arms)
            {
                int cut = condition.LastIndexOf(" && ", StringComparison.Ordinal);
                if (cut < 0)
                {
                    writer.Line($"_ when {condition} =>");
                }
                else
                {
                    writer.Breakable($"_ when {condition.Substring(0, cut)}", $"{condition.Substring(cut + 1)} =>");
                }

                writer.Indented(() => writer.Breakable(fault.Head, $"{fault.Tail},"));
            }

            writer.Line("_ => null,");
        }
    }

    private static IEnumerable<(string Condition, Fault Fault)> Arms(NameScope names, DiskStructModel model, FieldModel field)
    {
        string member = Expressions.Member(field.Name);
        string place = $"{Literal.Offset(field.Offset)}, nameof({Identifier.Escape(field.Name)})";
        string presence = field.Presence is { } present ? $"{Expressions.IsPresent(present)} && " : "";
        foreach (RuleModel rule in field.Rules.Where(rule => rule is not RuleModel.FeatureBits { Policy: not "RefuseToOpen" }))
        {
            if (RuleConditions.Broken(names, model, field, rule) is { } condition)
            {
                bool needsParentheses = presence.Length > 0 && condition.Contains("||");
                string whole = needsParentheses ? $"{presence}({condition})" : presence + condition;
                yield return (whole, FaultOf(names, place, field, rule));
            }
        }

        switch (field.Type)
        {
            case FieldType.Text text:
                string fits = $"{names["DiskText"]}.Fits({member}, {field.Size}, {names["TextEncoding"]}.{text.Encoding})";
                yield return (
                    $"{presence}!{fits}",
                    NewFault(names, place, DescriptionEmitter.Value(names, field), $"\"is longer than {field.Size} bytes\""));
                break;
            case FieldType.Struct:
                yield return (
                    $"{presence}{names["LayoutRules"]}.Within({place}, {member}.Validate()) is {{ }} fault",
                    Fault.Inner);
                break;
            case FieldType.Array array:
                yield return (
                    $"{presence}{member}.Count is not (0 or {array.Count})",
                    NewFault(names, place, DescriptionEmitter.Value(names, field), $"\"has not {array.Count} elements\""));
                if (array.Element is FieldType.Struct)
                {
                    yield return ($"{presence}{names["LayoutRules"]}.Validate({place}, {member}) is {{ }} fault", Fault.Inner);
                }

                break;
        }
    }

    private static Fault FaultOf(NameScope names, string place, FieldModel field, RuleModel rule)
    {
        if (rule is RuleModel.FeatureBits { Known: var known } && field.Type is FieldType.Integer integer)
        {
            string bits = Expressions.Unsigned(integer, Expressions.Member(field.Name));
            return new Fault($"{names["LayoutRules"]}.UnknownBits({place}, {bits},", $"known: {Literal.Hex(known)})");
        }

        string problem = Literal.Text(RuleWords.Problem(field, rule));
        if (rule is RuleModel.Compared { Member: var other })
        {
            // The reader of the message knows the member's name no better than its value.
            problem = $"$\"{RuleWords.Problem(field, rule)} ({{{Expressions.Member(other)}}})\"";
        }

        return NewFault(names, place, DescriptionEmitter.Value(names, field), problem);
    }

    private static Fault NewFault(NameScope names, string place, string value, string problem) =>
        new($"new {names["LayoutFault"]}({place}, {value},", $"{problem})");

    /// <summary>An expression for a fault, in two parts between which a line may break.</summary>
    private sealed record Fault(string Head, string Tail)
    {
        /// <summary>The fault of a structure inside, as the condition names it.</summary>
        public static Fault Inner { get; } = new("", "fault");
    }
}
