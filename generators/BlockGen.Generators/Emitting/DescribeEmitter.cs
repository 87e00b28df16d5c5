namespace BlockGen.Generators;

/// <summary>Writes what an image says about itself.</summary>
internal static class DescribeEmitter
{
    public static void Write(IndentedWriter writer, NameScope names, ImageModel model)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override {names["ImageDescription"]} Describe() => new(");
        writer.Indented(() =>
        {
            writer.Line("Format.Name,");
            writer.Line("Format.Lookup,");
            writer.Line("Format.WriteOrder,");
            writer.Line(model.Header is null ? "[]," : $"{names["HeaderReader"]}.Describe(Header),");
            string[] regions = [.. Regions(names, model)];
            if (regions.Length == 0)
            {
                writer.Line("[]);");
                return;
            }

            writer.Line("[");
            writer.Indented(() =>
            {
                foreach (string region in regions)
                {
                    writer.Line(region);
                }
            });
            writer.Line("]);");
        });
    }

    private static IEnumerable<string> Regions(NameScope names, ImageModel model)
    {
        if (model.Header is not null)
        {
            yield return Region("header", $"new {names["HostRange"]}(0, (ulong){model.Header}.Size)");
        }

        if (model.HasBacking)
        {
            yield return Region("backing file name", "BackingNameRange");
        }

        if (model.Lookup is LookupModel.Tables tables)
        {
            string name = tables.RootEntry is null ? "table" : "root table";
            yield return Region(name, $"new {names["HostRange"]}(_firstTable, FirstTableBytes)");
        }

        if (model.Members.ReferenceCounts is not null)
        {
            yield return ".. CountRegions,";
        }

        string Region(string name, string range) => $"new {names["DescribedRegion"]}(\"{name}\", {range}),";
    }
}
