namespace BlockGen.Generators;

/// <summary>Writes a driver: its base type, construction, lookup, hot paths and capabilities.</summary>
internal static class ImageEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, ImageModel model)
    {
        WriteRemarks(writer, model);
        writer.Line(SourceFile.GeneratedCode(names));
        string type = model.Type.Name;
        string head = $"partial class {type} : {Base(names, model)}, {names["IImageFormat"]}<{type}>";
        writer.Block(head, () => writer.Members([.. Members(writer, names, model)]));
    }

    /// <summary>The lookup path: <c>guest offset -> L1 entry -> L2 entry -> cluster</c>.</summary>
    public static string LookupWords(ImageModel model) => model.Lookup switch
    {
        LookupModel.Identity => "guest offset -> host offset",
        LookupModel.Method method => $"guest offset -> {Last(method.Name)} -> extent",
        LookupModel.Tables { RootEntry: null } tables => $"guest offset -> {Last(tables.LeafEntry)} -> cluster",
        LookupModel.Tables tables => $"guest offset -> {Last(tables.RootEntry!)} -> {Last(tables.LeafEntry)} -> cluster",
        _ => "",
    };

    /// <summary>The write order: <c>data, flush, L2 entry, flush, L1 entry</c>.</summary>
    public static string OrderWords(ImageModel model) => model.Lookup is LookupModel.Tables tables
        ? string.Join(", ", model.WriteOrder.Select(step => step switch
        {
            "MarkDirty" => "dirty mark",
            "Counts" => "reference counts",
            "Leaf" => Last(tables.LeafEntry),
            "Root" => Last(tables.RootEntry ?? ""),
            _ => step.ToLowerInvariant(),
        }))
        : "";

    /// <summary>The last part of a qualified name.</summary>
    public static string Last(string name) => name.Substring(name.LastIndexOfAny(['.', ':']) + 1).TrimStart('@');

    private static void WriteRemarks(IndentedWriter writer, ImageModel model)
    {
        writer.Line("/// <remarks>");
        writer.Line("/// <code>");
        writer.Line($"/// lookup:       {Literal.Xml(LookupWords(model))}");
        if (model.Lookup is LookupModel.Tables)
        {
            writer.Line($"/// write order:  {Literal.Xml(OrderWords(model))}");
        }

        writer.Line("/// </code>");
        writer.Line("/// </remarks>");
    }

    private static string Base(NameScope names, ImageModel model) => model.Lookup switch
    {
        LookupModel.Identity => names["IdentityImage"],
        LookupModel.Method => names["LookupImage"],
        _ => $"{names["MappedImage"]}<{model.Header}>",
    };

    private static IEnumerable<Action> Members(IndentedWriter writer, NameScope names, ImageModel model)
    {
        if (model.Lookup is LookupModel.Tables tables)
        {
            yield return () => TableFieldsEmitter.WriteFields(writer, names, model, tables);
        }

        yield return () => ConstructionEmitter.WriteConstructor(writer, names, model);
        foreach (Action member in ConstructionEmitter.Members(writer, names, model))
        {
            yield return member;
        }

        IEnumerable<Action> lookup = model.Lookup switch
        {
            LookupModel.Identity => IdentityEmitter.Members(writer, names),
            LookupModel.Method method =>
            [
                () => MethodLookupEmitter.Write(writer, names, method),
                .. CapabilityEmitter.BackingName(writer, names, model.Members),
            ],
            LookupModel.Tables found =>
            [
                .. HotPathEmitter.Members(writer, names),
                .. LookupEmitter.Members(writer, names, model, found),
                .. PublishEmitter.Members(writer, names, model, found),
                () => RepairEmitter.Write(writer, names, found),
                .. CapabilityEmitter.Members(writer, names, model),
            ],
            _ => [],
        };
        foreach (Action member in lookup)
        {
            yield return member;
        }

        foreach (Action member in ResizeEmitter.Members(writer, names, model))
        {
            yield return member;
        }

        yield return () => DescribeEmitter.Write(writer, names, model);
    }
}
