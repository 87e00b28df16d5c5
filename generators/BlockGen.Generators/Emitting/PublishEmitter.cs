namespace BlockGen.Generators;

/// <summary>Writes how a mapping becomes visible: in memory at once, on disk in the declared order.</summary>
internal static class PublishEmitter
{
    public static IEnumerable<Action> Members(
        IndentedWriter writer, NameScope names, ImageModel model, LookupModel.Tables tables)
    {
        bool isTwoLevel = tables.RootEntry is not null;
        yield return () => writer.Line(isTwoLevel ? PublishTwoLevels(names) : PublishOneLevel(names));
        yield return () => WriteWriteBack(writer, names, model);
        string level = isTwoLevel ? "_rootLevel" : "_leafLevel";
        yield return () => writer.Line(
            $$"""
            /// <inheritdoc/>
            protected override async {{names["ValueTask"]}} CreateTablesAsync({{names["CancellationToken"]}} cancellation)
            {
                {{names["HostOffset"]}} table = new(_firstTable);
                await {{level}}.WriteEmptyAsync(
                    Storage, _firstTable, readsAsZeroes: true, cancellation).ConfigureAwait(false);
                await GrowToAsync(table, FirstTableBytes, cancellation).ConfigureAwait(false);
                CheckFirstTable(_firstTable, FirstTableBytes);
            }
            """);
    }

    private static string PublishOneLevel(NameScope names) =>
        $$"""
        /// <inheritdoc/>
        protected override {{names["ValueTask"]}} PublishAsync(
            {{names["GuestRange"]}} clusters, {{names["MappingKind"]}} kind, {{names["HostOffset"]}} host, {{names["CancellationToken"]}} cancellation)
        {
            ulong cluster = clusters.Start.Value >> _clusterShift;
            return _leafLevel.SetAsync(
                _firstTable, cluster, Geometry.ToClusters(clusters.Length), kind, host, cancellation);
        }
        """;

    private static string PublishTwoLevels(NameScope names) =>
        $$"""
        /// <inheritdoc/>
        protected override async {{names["ValueTask"]}} PublishAsync(
            {{names["GuestRange"]}} clusters, {{names["MappingKind"]}} kind, {{names["HostOffset"]}} host, {{names["CancellationToken"]}} cancellation)
        {
            ulong cluster = clusters.Start.Value >> _clusterShift;
            ulong end = cluster + Geometry.ToClusters(clusters.Length);
            while (cluster < end)
            {
                ulong table = await GetOrAddLeafTableAsync(
                    _rootLevel, _leafLevel, _firstTable, cluster >> _leafShift, cancellation).ConfigureAwait(false);
                ulong leafIndex = cluster & _leafMask;
                ulong count = {{names["Math"]}}.Min(end - cluster, _leafLevel.EntryCount - leafIndex);
                await _leafLevel.SetAsync(table, leafIndex, count, kind, host, cancellation).ConfigureAwait(false);
                cluster += count;
                host = kind is {{names["MappingKind"]}}.Data ? host + (count << _clusterShift) : host;
            }
        }
        """;

    private static void WriteWriteBack(IndentedWriter writer, NameScope names, ImageModel model)
    {
        writer.Line("/// <inheritdoc/>");
        string head = $"protected override async {names["ValueTask"]} WriteBackAsync("
            + $"{names["TableWriteBack"]} tables, {names["CancellationToken"]} cancellation)";
        // Most write-backs change no root: then its step, and the barrier before it, cost nothing.
        string[] order = [.. model.WriteOrder];
        int root = Array.IndexOf(order, "Root");
        int guarded = root > 0 && order[root - 1] == "Flush" ? root - 1 : root;
        writer.Block(head, () =>
        {
            for (int i = 0; i < order.Length; i++)
            {
                if (i != guarded)
                {
                    WriteStep(writer, order[i]);
                    continue;
                }

                writer.Block("if (tables.HasRoots)", () =>
                {
                    for (; i < root; i++)
                    {
                        WriteStep(writer, order[i]);
                    }

                    WriteStep(writer, order[root]);
                });
            }
        });
    }

    private static void WriteStep(IndentedWriter writer, string step)
    {
        if (step == "Data")
        {
            writer.Line("// Data: a mapping gets into the tables only after its data has been handed to the storage.");
            return;
        }

        string call = step switch
        {
            "MarkDirty" => "MarkDirtyAsync(cancellation)",
            "Flush" => "Storage.FlushAsync(cancellation)",
            "Header" => "UpdateHeaderAsync(cancellation)",
            "Counts" => "RaiseCountsAsync(cancellation)",
            "Leaf" => "tables.WriteLeavesAsync(cancellation)",
            _ => "tables.WriteRootsAsync(cancellation)",
        };
        writer.Line($"await {call}.ConfigureAwait(false);");
    }
}
