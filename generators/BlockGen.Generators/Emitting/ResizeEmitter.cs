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
        if (model.Create is { HasModes: true })
        {
            yield return () => Overriding(writer, "bool CanPreallocate", "true");
        }

        if (model.Members.TableBytes is null)
        {
            yield return () => WriteGrowth(writer, names);
        }
        else if (model.Members.RootTableBytes is not null)
        {
            yield return () => WriteRootGrowth(writer, names);
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

    /// <summary>A root table of its own length has the rest of its last cluster to grow into.</summary>
    private static void WriteRootGrowth(IndentedWriter writer, NameScope names) => writer.Line(
        $$"""
        /// <inheritdoc/>
        protected override {{names["ValueTask"]}} GrowTablesAsync(ulong clusterCount, {{names["CancellationToken"]}} cancellation)
        {
            ulong entryCount = (clusterCount + _leafMask) >> _leafShift;
            ulong limit = _firstTable + (Geometry.ToClusters(FirstTableBytes) << _clusterShift);
            return _rootLevel.GrowAsync(Storage, _firstTable, entryCount, limit, cancellation);
        }
        """);

    private static void Overriding(IndentedWriter writer, string member, string value)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Breakable($"protected override {member} =>", $"{value};");
    }
}
