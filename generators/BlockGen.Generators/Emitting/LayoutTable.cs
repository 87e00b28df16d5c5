namespace BlockGen.Generators;

/// <summary>Writes the remarks that show the layout when the mouse rests on the type.</summary>
internal static class LayoutTable
{
    public static void Write(IndentedWriter writer, DiskStructModel model)
    {
        int nameWidth = Math.Max("field".Length, model.Fields.Max(field => field.Name.Length));
        writer.Line("/// <remarks>");
        writer.Line($"/// {model.Size} bytes, {(model.IsBigEndian ? "big" : "little")}-endian.");
        writer.Line("/// <code>");
        Row("offset", "size", "field", "rule");
        int end = 0;
        foreach (FieldModel field in model.Fields)
        {
            Reserved(end, field.Offset);
            Row(Literal.Offset(field.Offset), $"{field.Size}", field.Name, RuleWords.Of(field));
            end = field.Offset + field.Size;
        }

        Reserved(end, model.Size);
        writer.Line("/// </code>");
        writer.Line("/// </remarks>");

        void Reserved(int from, int to)
        {
            if (to > from)
            {
                Row(Literal.Offset(from), $"{to - from}", "", "kept as it is");
            }
        }

        void Row(string offset, string size, string name, string rule) =>
            writer.Line(Literal.Xml($"/// {offset,-6}  {size,4}  {name.PadRight(nameWidth)}  {rule}"));
    }
}
