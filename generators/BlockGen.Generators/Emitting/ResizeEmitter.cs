namespace BlockGen.Generators;

/// <summary>Writes how images are given another size.</summary>
internal static class ResizeEmitter
{
    public static IEnumerable<Action> Members(IndentedWriter writer, NameScope names, ImageModel model)
    {
        if (model.Members.Resize is not { } resize)
        {
            yield break;
        }

        if (model.Lookup is not LookupModel.Tables tables)
        {
            yield return () => Overriding(writer, "ulong StorageBytesFor(ulong bytes)", $"{resize}(bytes)");
            yield break;
        }

        yield return () => Overriding(writer, $"{model.Header} HeaderForSize(ulong bytes)", $"{resize}(bytes)");
        if (model.Members.TableBytes is null)
        {
            yield return () => WriteGrowth(writer, names);
        }
        else
        {
            string roots = tables.RootEntry is null ? "" : "_rootLevel.EntryCount * ";
            yield return () => Overriding(
                writer,
                $"{names["UInt128"]} MappableClusterCount",
                $"{roots}({names["UInt128"]})_leafLevel.EntryCount");
        }
    }

    private static void WriteGrowth(IndentedWriter writer, NameScope names) => Overriding(
        writer,
        $"{names["ValueTask"]} GrowTablesAsync(ulong clusterCount, {names["CancellationToken"]} cancellation)",
        "_leafLevel.GrowAsync(Storage, _firstTable, clusterCount, Geometry.DataStart, cancellation)");

    private static void Overriding(IndentedWriter writer, string member, string value)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Breakable($"protected override {member} =>", $"{value};");
    }
}
