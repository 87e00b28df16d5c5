namespace BlockGen.Generators;

/// <summary>Writes the list of options and how their values are read.</summary>
internal static class CreateOptionsEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, CreateOptionsModel model)
    {
        writer.Line(SourceFile.GeneratedCode(names));
        writer.Block($"partial record {model.Type.Name} : {names["IOptionSet"]}<{model.Type.Name}>", () => writer.Members(
            () => WriteOptions(writer, names, model),
            () => WriteParse(writer, names, model),
            () => WriteDescription(writer, names, model)));
    }

    private static void WriteOptions(IndentedWriter writer, NameScope names, CreateOptionsModel model)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static {names["IReadOnlyList"]}<{names["OptionInfo"]}> Options {{ get; }} = DescribeOptions(new());");
    }

    private static void WriteDescription(IndentedWriter writer, NameScope names, CreateOptionsModel model)
    {
        string head = $"private static {names["OptionInfo"]}[] DescribeOptions({model.Type.Name} initial) =>";
        writer.Enclosed(head, "[", WriteEach, "];");

        void WriteEach()
        {
            foreach (OptionModel option in model.Options)
            {
                string initial = $"{names["OptionReader"]}.Show(initial.{Identifier.Escape(option.Property)})";
                string texts = $"{Literal.Text(option.Name)}, {Literal.Text(option.TypeName)}, {Literal.Text(option.Help)}";
                writer.Breakable($"new({texts},", $"{initial}),");
            }
        }
    }

    private static void WriteParse(IndentedWriter writer, NameScope names, CreateOptionsModel model)
    {
        string type = model.Type.Name;
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public static {type} Parse({names["IReadOnlyDictionary"]}<string, string> values)", () =>
        {
            writer.Line($"{names["OptionReader"]} reader = new(values, Options);");
            writer.Line($"{type} initial = new();");
            writer.Block("return initial with", () =>
            {
                foreach (OptionModel option in model.Options)
                {
                    string property = Identifier.Escape(option.Property);
                    writer.Line($"{property} = reader.{option.Reader}({Literal.Text(option.Name)}, initial.{property}),");
                }
            }, ";");
        });
    }
}
