using Suite = BlockGen.Testing.BlockDriverConformance<Acme.Disks.TinyTree>;

namespace BlockGen.Testing.Tests.Mistakes;

/// <summary>Mistakes in how a driver maps a request and publishes what it has written.</summary>
internal static class HotPathMistakes
{
    private const string ReadLength =
        """
                    && extent.Length == range.Length)
                {
                    return DataStorage.ReadAsync(
        """;

    private const string WriteKind =
        """
                        && extent.TakesWrites
                        && extent.Length == range.Length)
                    {
                        return WriteMappedAsync(
        """;

    private const string LeafIndex =
        """
                    ulong leafIndex = cluster & _leafMask;
                    ulong count
        """;

    public static IReadOnlyDictionary<string, Mistake> All { get; } = new Dictionary<string, Mistake>
    {
        ["a read goes on past its mapping"] = new(
            "TinyTree",
            ReadLength,
            ReadLength.Replace("&& extent.Length == range.Length", "", StringComparison.Ordinal),
            nameof(Suite.Patterns_random_requests_leave_what_was_written),
            "the lookup"),
        ["a write goes on past its mapping"] = new(
            "TinyTree",
            WriteKind,
            WriteKind.Replace("&& extent.Length == range.Length", "", StringComparison.Ordinal),
            nameof(Suite.Unaligned_requests_change_nothing_beside_them),
            "[ClusterSize]"),
        ["a write goes to where nothing is mapped"] = new(
            "TinyTree",
            WriteKind,
            WriteKind.Replace("&& extent.TakesWrites", "", StringComparison.Ordinal),
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["the index in a leaf table lacks its lowest bit"] = new(
            "TinyTree",
            "_leafMask = _leafLevel.EntryCount - 1;",
            "_leafMask = _leafLevel.EntryCount - 2;",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["a run over two leaf tables is published twice at the same place"] = new(
            "TinyTree",
            "            host = kind is MappingKind.Data ? host + (count << _clusterShift) : host;\n",
            "",
            nameof(Suite.Patterns_random_requests_leave_what_was_written),
            "the lookup"),
        ["a run over two leaf tables begins where it did in the first one"] = new(
            "TinyTree",
            LeafIndex,
            LeafIndex.Replace("cluster &", "(clusters.Start.Value >> _clusterShift) &", StringComparison.Ordinal),
            nameof(Suite.Patterns_random_requests_leave_what_was_written),
            "the lookup"),
        ["the dirty mark is never taken away"] = new(
            "TinyTree",
            "            : Header.Flags & ~TinyTreeFlags.Open,",
            "            : Header.Flags,",
            nameof(Suite.Closing_and_flushing_at_once_lose_nothing),
            "[WriteOrder]"),
        ["only the first leaf table is visited"] = new(
            "TinyTree",
            "VisitTablesAsync(visitor, _firstTable, _rootLevel.EntryCount, cancellation)",
            "VisitTablesAsync(visitor, _firstTable, 1, cancellation)",
            nameof(Suite.Patterns_every_cluster_keeps_its_own_bytes),
            "the lookup"),
        ["a cluster's unit is where the data starts"] = new(
            "TinyTable",
            "UnitBytes = nameof(TinyTableHeader.ClusterBytes))]",
            "UnitBytes = nameof(TinyTableHeader.DataOffset))]",
            nameof(Suite.Holes_stay_where_nothing_was_written),
            "the lookup"),
    };
}
