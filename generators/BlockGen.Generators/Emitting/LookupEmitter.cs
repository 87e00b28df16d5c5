namespace BlockGen.Generators;

/// <summary>Writes how a guest offset is found through the tables.</summary>
internal static class LookupEmitter
{
    public static IEnumerable<Action> Members(
        IndentedWriter writer, NameScope names, ImageModel model, LookupModel.Tables tables)
    {
        bool isTwoLevel = tables.RootEntry is not null;
        yield return () => writer.Line(
            $"""
            /// <inheritdoc/>
            protected override bool HasZeroClusters => {(!tables.HasZeroClusters ? "false" : model.Members.ZeroClusters ?? "true")};
            """);
        yield return () => writer.Line(
            $"""
            /// <summary>Bytes of the table that the header points at.</summary>
            private ulong FirstTableBytes => {(isTwoLevel ? "_rootLevel" : "_leafLevel")}.TableBytes;
            """);
        yield return () => writer.Line(isTwoLevel ? TryMapTwoLevels(names, tables) : TryMapOneLevel(names));
        yield return () => writer.Line(isTwoLevel ? LoadTwoLevels(names, tables) : LoadOneLevel(names, tables));
        yield return () => writer.Line(
            isTwoLevel ? VisitTwoLevels(names, tables) : VisitOneLevel(names, model, tables));
    }

    private static string TryMapOneLevel(NameScope names) =>
        $$"""
        /// <inheritdoc/>
        protected override bool TryMap({{names["GuestRange"]}} range, out {{names["Extent"]}} extent)
        {
            ulong cluster = range.Start.Value >> _clusterShift;
            if (_leafLevel.TryRun(_firstTable, cluster, TouchedClusters(range), out {{names["EntryRun"]}} run))
            {
                return TryExtent(range, run, out extent);
            }

            extent = default;
            return false;
        }
        """;

    private static string TryMapTwoLevels(NameScope names, LookupModel.Tables tables) =>
        $$"""
        /// <inheritdoc/>
        protected override bool TryMap({{names["GuestRange"]}} range, out {{names["Extent"]}} extent)
        {
            ulong cluster = range.Start.Value >> _clusterShift;
            if (_rootLevel.TryGet(_firstTable, cluster >> _leafShift, out {{tables.RootEntry}} root))
            {
                if (root.Kind is not {{names["MappingKind"]}}.Table)
                {
                    // No leaf table: nothing is allocated as far as this entry reaches.
                    ulong reach = ((cluster | _leafMask) + 1) << _clusterShift;
                    extent = {{names["Extent"]}}.Unallocated(range.Take(reach - range.Start.Value));
                    return true;
                }

                ulong table = _rootLevel.HostOf(root);
                if (IsTable(table, _leafLevel.TableBytes)
                    && _leafLevel.TryRun(table, cluster & _leafMask, TouchedClusters(range), out {{names["EntryRun"]}} run))
                {
                    return TryExtent(range, root.IsShared ? run with { IsShared = true } : run, out extent);
                }
            }

            extent = default;
            return false;
        }
        """;

    private static string LoadOneLevel(NameScope names, LookupModel.Tables tables) =>
        $$"""
        /// <inheritdoc/>
        protected override async {{names["ValueTask"]}} LoadTablesAsync({{names["GuestOffset"]}} offset, {{names["CancellationToken"]}} cancellation)
        {
            ulong cluster = offset.Value >> _clusterShift;
            {{tables.LeafEntry}} leaf =
                await _leafLevel.LoadAsync(_firstTable, cluster, cancellation).ConfigureAwait(false);
            ulong host = _leafLevel.HostOf(leaf);
            if (!IsSound(leaf.Kind, host, leaf.Bits))
            {
                throw EntryFault("{{ImageEmitter.Last(tables.LeafEntry)}}", _firstTable, cluster, {{tables.LeafEntry}}.Size, host);
            }
        }
        """;

    private static string LoadTwoLevels(NameScope names, LookupModel.Tables tables) =>
        $$"""
        /// <inheritdoc/>
        protected override async {{names["ValueTask"]}} LoadTablesAsync({{names["GuestOffset"]}} offset, {{names["CancellationToken"]}} cancellation)
        {
            ulong cluster = offset.Value >> _clusterShift;
            ulong rootIndex = cluster >> _leafShift;
            {{tables.RootEntry}} root =
                await _rootLevel.LoadAsync(_firstTable, rootIndex, cancellation).ConfigureAwait(false);
            if (root.Kind is not {{names["MappingKind"]}}.Table)
            {
                return;
            }

            ulong table = _rootLevel.HostOf(root);
            if (!IsTable(table, _leafLevel.TableBytes))
            {
                throw EntryFault("{{ImageEmitter.Last(tables.RootEntry!)}}", _firstTable, rootIndex, {{tables.RootEntry}}.Size, table);
            }

            ulong leafIndex = cluster & _leafMask;
            {{tables.LeafEntry}} leaf = await _leafLevel.LoadAsync(table, leafIndex, cancellation).ConfigureAwait(false);
            ulong host = _leafLevel.HostOf(leaf);
            if (!IsSound(leaf.Kind, host, leaf.Bits))
            {
                throw EntryFault("{{ImageEmitter.Last(tables.LeafEntry)}}", table, leafIndex, {{tables.LeafEntry}}.Size, host);
            }
        }
        """;

    private static string VisitOneLevel(NameScope names, ImageModel model, LookupModel.Tables tables) =>
        $$"""
        /// <inheritdoc/>
        protected override async {{names["ValueTask"]}} VisitAsync({{names["MappingVisitor"]}} visitor, {{names["CancellationToken"]}} cancellation)
        {
            if (!VisitFirstTable(visitor, _firstTable, FirstTableBytes))
            {
                return;
            }

            await _leafLevel.VisitAsync(
                Storage,
                _firstTable,
                0,
                {{(model.Members.TableBytes is null ? "GuestClusterCount" : "_leafLevel.EntryCount")}},
                entries => visitor.Clusters("{{ImageEmitter.Last(tables.LeafEntry)}}", entries),
                cancellation).ConfigureAwait(false);
        }
        """;

    private static string VisitTwoLevels(NameScope names, LookupModel.Tables tables) =>
        $$"""
        /// <inheritdoc/>
        protected override {{names["ValueTask"]}} VisitAsync({{names["MappingVisitor"]}} visitor, {{names["CancellationToken"]}} cancellation) =>
            VisitFirstTable(visitor, _firstTable, FirstTableBytes)
                ? VisitTablesAsync(visitor, _firstTable, _rootLevel.EntryCount, cancellation)
                : {{names["ValueTask"]}}.CompletedTask;

        /// <summary>Shows what a root table names: the leaf tables, then what they name.</summary>
        private async {{names["ValueTask"]}} VisitTablesAsync(
            {{names["MappingVisitor"]}} visitor, ulong root, ulong entryCount, {{names["CancellationToken"]}} cancellation)
        {
            {{names["List"]}}<(ulong FirstCluster, ulong Table)> tables = [];
            await _rootLevel.VisitAsync(
                Storage,
                root,
                0,
                entryCount,
                entries =>
                {
                    foreach ({{names["MappedEntry"]}} entry in entries)
                    {
                        if (visitor.Table("{{ImageEmitter.Last(tables.RootEntry!)}}", entry, _leafLevel.TableBytes))
                        {
                            tables.Add((entry.Index << _leafShift, entry.Host));
                        }
                    }
                },
                cancellation).ConfigureAwait(false);
            foreach ((ulong firstCluster, ulong table) in tables)
            {
                visitor.BeginLeafTable();
                await _leafLevel.VisitAsync(
                    Storage,
                    table,
                    firstCluster,
                    _leafLevel.EntryCount,
                    entries => visitor.Clusters("{{ImageEmitter.Last(tables.LeafEntry)}}", entries),
                    cancellation).ConfigureAwait(false);
            }
        }
        """;
}
