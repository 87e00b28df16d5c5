namespace BlockGen.Generators;

/// <summary>Writes <c>Verify</c>, and the end of <c>Write</c> that computes checksums.</summary>
internal static class ChecksumEmitter
{
    private static readonly NumberType Word = new("uint", "UInt32", 4, IsSigned: false);

    public static void WriteVerify(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        string[] checks = [.. model.Fields.Select(field => Check(names, model, field)).OfType<string>()];
        string head = $"public static {names["LayoutFault"]}? Verify({names["ReadOnlySpan"]}<byte> source) =>";
        writer.Line("/// <inheritdoc/>");
        if (checks.Length == 0)
        {
            writer.Line($"{head} null;");
            return;
        }

        writer.Line(head);
        writer.Indented(() =>
        {
            for (int i = 0; i < checks.Length; i++)
            {
                writer.Line($"{(i > 0 ? "?? " : "")}{checks[i]}{(i + 1 == checks.Length ? ";" : "")}");
            }
        });
    }

    public static void WriteComputation(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        foreach (FieldModel field in model.Fields)
        {
            if (field.Checksum is { } checksum)
            {
                string sum = $"{Expressions.SumPrefix}{field.Name}";
                writer.Line();
                writer.Line($"uint {sum} = {names["Checksums"]}.Compute(");
                writer.Indented(() => writer.Line($"{Arguments(names, model, field, checksum, "target")});"));
                writer.Line(CodecEmitter.WriteNumber(names, model, Word, field.Offset, sum) + ";");
            }
        }
    }

    private static string? Check(NameScope names, DiskStructModel model, FieldModel field)
    {
        string name = $"nameof({Identifier.Escape(field.Name)})";
        string bytes = CodecEmitter.Slice("source", field);
        string offset = Literal.Offset(field.Offset);
        return field switch
        {
            { Checksum: { } checksum } =>
                $"{names["Checksums"]}.Verify(\n    {Arguments(names, model, field, checksum, "source")},\n    "
                + $"{name}, {CodecEmitter.ReadNumber(names, model, Word, field.Offset)})",
            { Type: FieldType.Struct { HasChecksum: true } inner } =>
                $"{names["LayoutRules"]}.Within({offset}, {name}, {inner.TypeName}.Verify({bytes}))",
            { Type: FieldType.Array { Element: FieldType.Struct { HasChecksum: true } inner } } =>
                $"{names["LayoutRules"]}.Verify<{inner.TypeName}>({offset}, {name}, {bytes})",
            _ => null,
        };
    }

    private static string Arguments(
        NameScope names, DiskStructModel model, FieldModel field, ChecksumModel checksum, string span) =>
        $"{names["ChecksumKind"]}.{checksum.Kind}, {span}[..{model.Size}], "
        + $"from: {Literal.Offset(checksum.From)}, to: {Literal.Offset(checksum.To)}, at: {Literal.Offset(field.Offset)}";
}
