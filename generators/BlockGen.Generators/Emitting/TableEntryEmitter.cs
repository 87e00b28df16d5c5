namespace BlockGen.Generators;

/// <summary>Writes a table entry's codec, its meaning and its making.</summary>
internal static class TableEntryEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, TableEntryModel model)
    {
        WriteRemarks(writer, model);
        writer.Line(SourceFile.GeneratedCode(names));
        writer.Block($"partial record struct {model.Type.Name} : {names["ITableEntry"]}<{model.Type.Name}>", () => writer.Members(
            () => writer.Line(
                $"""
                /// <inheritdoc/>
                public static int Size => {model.Size};
                """),
            () => writer.Line(
                """
                /// <inheritdoc/>
                public ulong Bits => Raw;
                """),
            () => WriteKind(writer, names, model),
            () => WriteUnits(writer, names, model),
            () => WriteShared(writer, names, model),
            () => WriteLoad(writer, names, model),
            () => WriteStore(writer, names, model),
            () => WriteTryMake(writer, names, model)));
    }

    private static void WriteRemarks(IndentedWriter writer, TableEntryModel model)
    {
        writer.Line("/// <remarks>");
        writer.Line($"/// {model.Size} bytes, {(model.IsBigEndian ? "big" : "little")}-endian. Tried from top to bottom:");
        writer.Line("/// <code>");
        foreach (EntryLine line in model.Lines)
        {
            string condition = line.Mask == 0 ? "otherwise"
                : line.ComparesAll ? $"= {Literal.Hex(line.Equal)}"
                : $"bits {Literal.Hex(line.Mask)} = {Literal.Hex(line.Equal)}";
            writer.Line($"/// {line.Kind,-11}  {condition}");
        }

        writer.Line("/// </code>");
        writer.Line("/// </remarks>");
    }

    private static void WriteKind(IndentedWriter writer, NameScope names, TableEntryModel model) =>
        Property(writer, names, names["MappingKind"], "Kind", () => writer.Enclosed("get => Raw switch", "{", () =>
        {
            foreach (EntryLine line in model.Lines)
            {
                string pattern = line.Mask == 0 ? "_"
                    : line.ComparesAll ? Literal.Hex(line.Equal)
                    : $"_ when (Raw & {Literal.Hex(line.Mask)}) == {Literal.Hex(line.Equal)}";
                writer.Line($"{pattern} => {names["MappingKind"]}.{line.Kind},");
            }
        }, "};"));

    private static void WriteUnits(IndentedWriter writer, NameScope names, TableEntryModel model)
    {
        bool isWhole = model.HostMask == AllBits(model);
        string masked = isWhole ? "Raw" : $"(Raw & {Literal.Hex(model.HostMask)})";
        string shifted = model.HostShift == 0 ? masked : $"{masked} >> {model.HostShift}";
        Property(writer, names, "ulong", "Units", () => writer.Line($"get => {shifted};"));
    }

    private static void WriteShared(IndentedWriter writer, NameScope names, TableEntryModel model) =>
        Property(writer, names, "bool", "IsShared", () => writer.Line(
            model.UnsharedBit == 0 ? "get => false;" : $"get => (Raw & {Literal.Hex(model.UnsharedBit)}) == 0;"));

    private static void WriteLoad(IndentedWriter writer, NameScope names, TableEntryModel model)
    {
        string number = Number(model);
        writer.Line("/// <inheritdoc/>");
        writer.Line(Inline(names));
        writer.Block($"public static {model.Type.Name} Load(ref byte source)", () =>
        {
            writer.Line($"{number} raw = {names["Volatile"]}.Read(ref {names["Unsafe"]}.As<byte, {number}>(ref source));");
            writer.Line($"return new {model.Type.Name}({InDiskOrder(names, model, "raw")});");
        });
    }

    private static void WriteStore(IndentedWriter writer, NameScope names, TableEntryModel model)
    {
        string number = Number(model);
        writer.Line("/// <inheritdoc/>");
        writer.Line(Inline(names));
        writer.Block($"public static void Store(ref byte target, {model.Type.Name} entry)", () =>
        {
            writer.Line($"{number} raw = {InDiskOrder(names, model, "entry.Raw")};");
            writer.Line($"{names["Volatile"]}.Write(ref {names["Unsafe"]}.As<byte, {number}>(ref target), raw);");
        });
    }

    private static void WriteTryMake(IndentedWriter writer, NameScope names, TableEntryModel model)
    {
        string kind = names["MappingKind"];
        writer.Line("/// <inheritdoc/>");
        writer.Line(Inline(names));
        writer.Block($"public static bool TryMake({kind} kind, ulong units, out {model.Type.Name} entry)", () =>
            writer.Block("switch (kind)", () =>
            {
                foreach (EntryRecipe recipe in model.Recipes)
                {
                    writer.Line($"case {kind}.{recipe.Kind}:");
                    writer.Indented(() => WriteRecipe(writer, kind, model, recipe));
                }

                writer.Line("default:");
                writer.Indented(() => writer.Line(
                    """
                    entry = default;
                    return false;
                    """));
            }));
    }

    private static void WriteRecipe(IndentedWriter writer, string kind, TableEntryModel model, EntryRecipe recipe)
    {
        string type = model.Type.Name;
        string bits = Literal.Hex(recipe.Bits);
        if (recipe.TakesUnits)
        {
            string number = model.Size == 4 ? "unchecked((uint)units)" : "units";
            string shifted = model.HostShift == 0 ? number : $"{number} << {model.HostShift}";
            writer.Line($"entry = new {type}({(recipe.Bits == 0 ? shifted : $"{bits} | ({shifted})")});");
            writer.Line($"return entry.Units == units && entry.Kind is {kind}.{recipe.Kind};");
        }
        else if (recipe.Kind is "Unallocated" or "Zero")
        {
            writer.Line($"entry = new {type}({bits});");
            writer.Line("return true;");
        }
        else
        {
            writer.Line($"entry = new {type}({bits});");
            writer.Line($"return entry.Units == units && entry.Kind is {kind}.{recipe.Kind};");
        }
    }

    private static void Property(IndentedWriter writer, NameScope names, string type, string name, Action getter)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public {type} {name}", () =>
        {
            writer.Line(Inline(names));
            getter();
        });
    }

    private static string Inline(NameScope names) => $"[{names["MethodImpl"]}({names["MethodImplOptions"]}.AggressiveInlining)]";

    private static string InDiskOrder(NameScope names, TableEntryModel model, string number)
    {
        string reversed = $"{names["BinaryPrimitives"]}.ReverseEndianness({number})";
        string isLittle = $"{names["BitConverter"]}.IsLittleEndian";
        return model.IsBigEndian ? $"{isLittle} ? {reversed} : {number}" : $"{isLittle} ? {number} : {reversed}";
    }

    private static string Number(TableEntryModel model) => model.Size == 4 ? "uint" : "ulong";

    private static ulong AllBits(TableEntryModel model) => ulong.MaxValue >> (64 - (model.Size * 8));
}
