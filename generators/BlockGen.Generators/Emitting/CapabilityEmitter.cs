namespace BlockGen.Generators;

/// <summary>Writes the capabilities of a driver with tables: a backing link, a dirty mark, a count of clusters, an allocator.</summary>
internal static class CapabilityEmitter
{
    public static IEnumerable<Action> Members(IndentedWriter writer, NameScope names, ImageModel model)
    {
        ImageMembers members = model.Members;
        if (members.Compressed is { } compressed)
        {
            yield return () => Overriding(writer, "bool HasCompressedClusters", "true");
            yield return () => Overriding(
                writer,
                $"{names["CompressedUnit"]} UnitOf(ulong entryBits, {names["GuestRange"]} cluster)",
                $"{compressed}(entryBits, cluster)");
        }

        if (members.CompressedEntry is { } entry && model.Lookup is LookupModel.Tables { RootEntry: not null } tables)
        {
            yield return () => WritePublishCompressed(writer, names, tables, entry);
        }

        if (members.ReferenceCounts is not null)
        {
            yield return () => Overriding(writer, $"{names["ReferenceCounts"]} Counts", "_counts");
        }

        if (TableFieldsEmitter.IsMovable(model))
        {
            yield return () => WriteMove(writer, names);
        }

        if (members.Allocator is { } allocator)
        {
            yield return () => Overriding(writer, $"{names["HostOffset"]} Reserve(ulong bytes)", $"{allocator}(bytes)");
        }

        if (model.TailIsHighestMapped || members.MappedCount is not null)
        {
            string found = model.TailIsHighestMapped
                ? "FindHighestMappedAsync(cancellation)"
                : "CountMappedAsync(cancellation)";
            yield return () => Overriding(
                writer, $"{names["ValueTask"]}<ulong> FindTailAsync({names["CancellationToken"]} cancellation)", found);
        }

        if (members.MappedCount is { } count)
        {
            yield return () => Overriding(writer, "bool CountsClusters", "true");
            yield return () => Overriding(
                writer, $"{model.Header} HeaderFor(ulong mappedClusterCount)", $"{count}(mappedClusterCount)");
        }

        if (model.DirtyMark is { } mark)
        {
            yield return () => DirtyMarkEmitter.Write(writer, model, mark);
        }

        if (members.WriteObstacle is { } obstacle)
        {
            yield return () => Overriding(writer, "string? ObstacleToWriting", obstacle);
        }

        if (members.BackingName is not null)
        {
            string link = $"{model.Header} HeaderWithBacking({names["BackingLink"]}? link, {names["HostRange"]} name)";
            foreach (Action member in BackingName(writer, names, members))
            {
                yield return member;
            }

            yield return () => Overriding(writer, $"{names["HostRange"]} BackingNameRoom", members.BackingNameSpace!);
            yield return () => Overriding(writer, link, $"{members.BackingLink}(link, name)");
            yield return () => WriteStream(writer, names);
        }
    }

    /// <summary>Writes where the backing file's name is, and its format.</summary>
    public static IEnumerable<Action> BackingName(IndentedWriter writer, NameScope names, ImageMembers members)
    {
        if (members.BackingName is { } name)
        {
            yield return () => Overriding(writer, $"{names["HostRange"]} BackingNameRange", name);
        }

        if (members.BackingFormat is { } format)
        {
            yield return () => Overriding(writer, "string? BackingFormatName", format);
        }
    }

    /// <summary>Writes a member that overrides one of the base class.</summary>
    internal static void Overriding(IndentedWriter writer, string member, string value)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Breakable($"protected override {member} =>", $"{value};");
    }

    private static void WritePublishCompressed(
        IndentedWriter writer, NameScope names, LookupModel.Tables tables, string entry) => writer.Line(
        $$"""
        /// <inheritdoc/>
        protected override async {{names["ValueTask"]}} PublishCompressedAsync(
            {{names["GuestOffset"]}} offset, {{names["HostRange"]}} stored, {{names["CancellationToken"]}} cancellation)
        {
            ulong cluster = offset.Value >> _clusterShift;
            ulong table = await GetOrAddLeafTableAsync(
                _rootLevel, _leafLevel, _firstTable, cluster >> _leafShift, cancellation).ConfigureAwait(false);
            {{tables.LeafEntry}} entry = new({{entry}}(stored));
            await _leafLevel.SetEntryAsync(table, cluster & _leafMask, entry, cancellation).ConfigureAwait(false);
        }
        """);

    private static void WriteMove(IndentedWriter writer, NameScope names) => writer.Line(
        $$"""
        /// <inheritdoc/>
        protected override void MoveFirstTable({{names["HostRange"]}} place)
        {
            // Whoever sees the place sees the length: a page that is too short would stay.
            _rootLevel.TableBytes = place.Length;
            {{names["Volatile"]}}.Write(ref _firstTable, place.Start.Value);
            CheckFirstTable(place.Start.Value, place.Length);
        }
        """);

    private static void WriteStream(IndentedWriter writer, NameScope names) => writer.Line(
        $$"""
        /// <summary>
        /// Copies what the backing images hold into this image, under any guest load, and then cuts the backing link.
        /// Returns when that is done; cancelling stops it, and what is copied stays.
        /// </summary>
        public async {{names["Task"]}} StreamAsync({{names["StreamOptions"]}} options, {{names["CancellationToken"]}} cancellation)
        {
            {{names["StreamJob"]}} job = StartStream(options);
            using (cancellation.Register(job.Cancel))
            {
                await job.Completion.ConfigureAwait(false);
            }
        }
        """);
}
