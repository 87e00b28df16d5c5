namespace BlockGen.Generators;

/// <summary>Writes the list of an assembly's formats.</summary>
internal static class FormatListEmitter
{
    public static void Write(
        IndentedWriter writer, NameScope names, FormatListModel model, EquatableArray<FormatEntry> formats)
    {
        writer.Line(SourceFile.GeneratedCode(names));
        writer.Block($"partial class {model.Type.Name}", () =>
        {
            writer.Line("/// <summary>Every format declared in this assembly, in the order of their names.</summary>");
            string head = $"public static {names["IReadOnlyList"]}<{names["ImageFormat"]}> All {{ get; }} =";
            writer.Enclosed(head, "[", WriteEach, "];");
        });

        void WriteEach()
        {
            foreach (FormatEntry format in formats)
            {
                writer.Line($"{format.TypeName}.Format,");
            }
        }
    }
}
