using Suite = BlockGen.Testing.BlockDriverConformance<Acme.Disks.TinyTree>;

namespace BlockGen.Testing.Tests.Mistakes;

/// <summary>Mistakes in the driver behind a declaration, as one written by hand could have them.</summary>
internal static class GeneratedMistakes
{
    private const string FlushBeforeLeaves =
        """
                await Storage.FlushAsync(cancellation).ConfigureAwait(false);
                await tables.WriteLeavesAsync(cancellation).ConfigureAwait(false);

        """;

    private const string FlushBeforeRoots =
        """
                    await Storage.FlushAsync(cancellation).ConfigureAwait(false);
                    await tables.WriteRootsAsync(cancellation).ConfigureAwait(false);

        """;

    private const string MapTree =
        """
            protected override bool TryMap(GuestRange range, out Extent extent)
            {

        """;

    private const string Read =
        """
                if (range.Length != 0
                    && TryMap(range, out Extent extent)
                    && extent.Kind is MappingKind.Data

        """;

    public static IReadOnlyDictionary<string, Mistake> All { get; } = new Dictionary<string, Mistake>
    {
        ["the shift to the root table is one too large"] = new(
            "TinyTree",
            "_leafShift = BitOperations.Log2(_leafLevel.EntryCount);",
            "_leafShift = BitOperations.Log2(_leafLevel.EntryCount) + 1;",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["an entry is published before its data is durable"] = new(
            "TinyTable",
            FlushBeforeLeaves,
            "        await tables.WriteLeavesAsync(cancellation).ConfigureAwait(false);\n"
            + "        await Storage.FlushAsync(cancellation).ConfigureAwait(false);\n",
            nameof(Suite.PowerCuts_lose_nothing_that_was_flushed),
            "[WriteOrder] (data, header, flush, TinyTableEntry)"),
        ["the flush before the leaf tables is missing"] = new(
            "TinyTree",
            FlushBeforeLeaves,
            "        await tables.WriteLeavesAsync(cancellation).ConfigureAwait(false);\n",
            nameof(Suite.PowerCuts_lose_nothing_that_was_flushed),
            "[WriteOrder] (dirty mark, data, flush, TinyTreeLeafEntry, flush, TinyTreeRootEntry)"),
        ["the flush before the root table is missing"] = new(
            "TinyTree",
            FlushBeforeRoots,
            "            await tables.WriteRootsAsync(cancellation).ConfigureAwait(false);\n",
            nameof(Suite.PowerCuts_find_the_declared_order_on_the_disk),
            "Step.Flush between Step.Leaf and Step.Root"),
        ["the dirty mark is forgotten"] = new(
            "TinyTree",
            "        await MarkDirtyAsync(cancellation).ConfigureAwait(false);\n",
            "",
            nameof(Suite.PowerCuts_lose_nothing_that_was_flushed),
            "[WriteOrder]"),
        ["the header's count is never written"] = new(
            "TinyTable",
            "        await UpdateHeaderAsync(cancellation).ConfigureAwait(false);\n",
            "",
            nameof(Suite.Patterns_random_requests_leave_what_was_written),
            "the lookup"),
        ["the last lookup is remembered although its mapping has changed"] = new(
            "TinyTree",
            MapTree,
            """
                private Extent? _last;

                protected override bool TryMap(GuestRange range, out Extent extent)
                {
                    if (_last is { Kind: not MappingKind.Data } last
                        && last.Range.Start.Value <= range.Start.Value
                        && range.End <= last.Range.End)
                    {
                        extent = last with { Range = range };
                        return true;
                    }

                    bool isFound = TryMapAnew(range, out extent);
                    _last = isFound ? extent : null;
                    return isFound;
                }

                private bool TryMapAnew(GuestRange range, out Extent extent)
                {

            """,
            nameof(Suite.Patterns_random_requests_leave_what_was_written),
            "the lookup"),
        ["the backing image is read past its end"] = new(
            "TinyTree",
            Read,
            """
                    if (range.Length != 0
                        && Backing is { } backing
                        && TryMap(range, out Extent own)
                        && own.Kind is MappingKind.Unallocated
                        && own.Length == range.Length)
                    {
                        return backing.ReadAsync(offset, target, cancellation);
                    }

            """ + Read,
            nameof(Suite.Chains_an_overlay_shows_what_is_below_it_up_to_its_end),
            "[BackingName]"),
        ["writes of read-only images are let through"] = new(
            "TinyTree",
            "            && !IsReadOnly\n",
            "",
            nameof(Suite.Bounds_a_read_only_image_is_left_alone),
            "[DirtyMark]"),
        ["a write's range is not checked"] = new(
            "TinyTree",
            "GuestRange range = CheckRange(offset, source.Length);",
            "GuestRange range = new(offset, (ulong)source.Length);",
            nameof(Suite.Bounds_requests_past_the_end_are_refused),
            "[GuestSize]"),
        ["a run of clusters is published an entry short"] = new(
            "TinyTable",
            "_firstTable, cluster, Geometry.ToClusters(clusters.Length), kind, host, cancellation);",
            "_firstTable, cluster, Math.Max(Geometry.ToClusters(clusters.Length), 2) - 1, kind, host, cancellation);",
            nameof(Suite.Patterns_random_requests_leave_what_was_written),
            "the lookup"),
        ["the check does not look at the last cluster"] = new(
            "TinyTable",
            "            _leafLevel.EntryCount,\n",
            "            _leafLevel.EntryCount - 1,\n",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
    };
}
