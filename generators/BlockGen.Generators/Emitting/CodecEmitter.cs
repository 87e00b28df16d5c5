namespace BlockGen.Generators;

/// <summary>Writes <c>Read</c> and <c>Write</c>.</summary>
internal static class CodecEmitter
{
    public static void WriteRead(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public static {model.Type.Name} Read({names["ReadOnlySpan"]}<byte> source)", () =>
        {
            writer.Line($"source = source[..{model.Size}];");
            writer.Line();
            writer.Block($"return new {model.Type.Name}", () =>
            {
                foreach (FieldModel field in model.Fields)
                {
                    writer.Line($"{Identifier.Escape(field.Name)} = {ReadField(names, model, field)},");
                }
            }, ";");
        });
    }

    public static void WriteWrite(IndentedWriter writer, NameScope names, DiskStructModel model)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public void Write({names["Span"]}<byte> target)", () =>
        {
            writer.Line($"target = target[..{model.Size}];");
            writer.Line();
            foreach (FieldModel field in model.Fields.Where(field => field.Checksum is null))
            {
                writer.Line(WriteField(names, model, field) + ";");
            }

            ChecksumEmitter.WriteComputation(writer, names, model);
        });
    }

    /// <summary>The number at an offset of <c>source</c>.</summary>
    public static string ReadNumber(NameScope names, DiskStructModel model, NumberType number, int offset) => number switch
    {
        { Size: 1, IsSigned: true } => $"unchecked((sbyte)source[{Literal.Offset(offset)}])",
        { Size: 1 } => $"source[{Literal.Offset(offset)}]",
        _ => $"{names["BinaryPrimitives"]}.Read{number.ClrName}{Endian(model)}(source[{Literal.Offset(offset)}..])",
    };

    /// <summary>The statement that stores a number at an offset of <c>target</c>.</summary>
    public static string WriteNumber(NameScope names, DiskStructModel model, NumberType number, int offset, string value) =>
        number switch
        {
            { Size: 1, IsSigned: true } => $"target[{Literal.Offset(offset)}] = unchecked((byte){value})",
            { Size: 1 } => $"target[{Literal.Offset(offset)}] = {value}",
            _ => $"{names["BinaryPrimitives"]}.Write{number.ClrName}{Endian(model)}"
                + $"(target[{Literal.Offset(offset)}..], {value})",
        };

    /// <summary>The bytes of a field in a span.</summary>
    public static string Slice(string span, FieldModel field) =>
        $"{span}.Slice({Literal.Offset(field.Offset)}, {field.Size})";

    private static string ReadField(NameScope names, DiskStructModel model, FieldModel field)
    {
        string bytes = Slice("source", field);
        string order = Order(names, model);
        return field.Type switch
        {
            FieldType.Integer integer => ReadInteger(names, model, integer, field.Offset),
            FieldType.Guid => $"new {names["Guid"]}({bytes}{(model.IsBigEndian ? ", bigEndian: true" : "")})",
            FieldType.Text text => $"{names["DiskText"]}.Read({bytes}, {names["TextEncoding"]}.{text.Encoding}, {order})",
            FieldType.Struct inner => $"{inner.TypeName}.Read({bytes})",
            FieldType.Array { Element: FieldType.Integer { IsHostOffset: true } } =>
                $"{names["DiskArrays"]}.ReadHostOffsets({bytes}, {order})",
            FieldType.Array { Element: FieldType.Integer element } =>
                $"{names["DiskArrays"]}.ReadNumbers<{element.Number.Keyword}>({bytes}, {order})",
            FieldType.Array { Element: FieldType.Guid } => $"{names["DiskArrays"]}.ReadGuids({bytes}, {order})",
            FieldType.Array { Element: FieldType.Struct inner } =>
                $"{names["DiskArrays"]}.ReadStructs<{inner.TypeName}>({bytes})",
            _ => throw new InvalidOperationException($"no codec for {field.Type}"),
        };
    }

    private static string ReadInteger(NameScope names, DiskStructModel model, FieldType.Integer integer, int offset)
    {
        string number = ReadNumber(names, model, integer.Number, offset);
        return integer.IsHostOffset ? $"new {names["HostOffset"]}({number})"
            : integer.EnumName is { } name ? $"({name}){number}"
            : number;
    }

    private static string WriteField(NameScope names, DiskStructModel model, FieldModel field)
    {
        string member = Expressions.Member(field.Name);
        string bytes = Slice("target", field);
        string order = Order(names, model);
        return field.Type switch
        {
            FieldType.Integer integer =>
                WriteNumber(names, model, integer.Number, field.Offset, Expressions.Number(integer, member)),
            FieldType.Guid =>
                $"{member}.TryWriteBytes({bytes}, bigEndian: {(model.IsBigEndian ? "true" : "false")}, out _)",
            FieldType.Text text =>
                $"{names["DiskText"]}.Write({bytes}, {member}, {names["TextEncoding"]}.{text.Encoding}, {order})",
            FieldType.Struct => $"{member}.Write({bytes})",
            FieldType.Array { Element: FieldType.Integer { IsHostOffset: true } } =>
                $"{names["DiskArrays"]}.WriteHostOffsets({bytes}, {member}, {order})",
            FieldType.Array { Element: FieldType.Integer } =>
                $"{names["DiskArrays"]}.WriteNumbers({bytes}, {member}, {order})",
            FieldType.Array { Element: FieldType.Guid } => $"{names["DiskArrays"]}.WriteGuids({bytes}, {member}, {order})",
            FieldType.Array { Element: FieldType.Struct } => $"{names["DiskArrays"]}.WriteStructs({bytes}, {member})",
            _ => throw new InvalidOperationException($"no codec for {field.Type}"),
        };
    }

    private static string Order(NameScope names, DiskStructModel model) =>
        $"{names["ByteOrder"]}.{(model.IsBigEndian ? "Big" : "Little")}";

    private static string Endian(DiskStructModel model) => model.IsBigEndian ? "BigEndian" : "LittleEndian";
}
