using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class WriteOrderCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG2040", Sample.OneTable("[[|WriteOrder(Step.Data, Step.Flush)|]]")),
        Clean("BG2040", Sample.OneTable("[WriteOrder(Step.Data, Step.Flush, Step.Leaf)]")),
        Edge("BG2040", Sample.OneTable(Dirty + "[[|WriteOrder(Step.Data, Step.Flush, Step.Leaf)|]]")),
        Edge("BG2040", Sample.OneTable(Dirty)),

        Flagged("BG2041", Sample.OneTable("[[|WriteOrder(Step.Data, Step.Flush, Step.Leaf, Step.Leaf)|]]")),
        Clean("BG2041", Sample.TwoLevels("[WriteOrder(Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root)]")),
        Edge("BG2041", Sample.OneTable("[WriteOrder(Step.Data, Step.Flush, Step.Flush, Step.Leaf, Step.Flush)]")),

        Flagged("BG2042", Sample.OneTable("[[|WriteOrder(Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root)|]]")),
        Clean("BG2042", Sample.OneTable(Dirty + "[WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf)]")),
        Edge("BG2042", Sample.OneTable("[[|WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf)|]]")),
        Edge("BG2042", Sample.OneTable("[[|WriteOrder(Step.Data, Step.Header, Step.Flush, Step.Leaf)|]]")),

        Flagged("BG2043", Sample.OneTable("[[|WriteOrder(Step.Leaf, Step.Flush, Step.Data)|]]")),
        Clean("BG2043", Sample.OneTable(
            "[WriteOrder(Step.Data, Step.Header, Step.Flush, Step.Leaf)]",
            "[MappedCount] private Head WithCount(ulong count) => Header with { Count = (uint)count };")),
        Edge("BG2043", Sample.OneTable(Dirty + "[[|WriteOrder(Step.Data, Step.MarkDirty, Step.Flush, Step.Leaf)|]]")),
        Edge("BG2043", Sample.TwoLevels("[[|WriteOrder(Step.Data, Step.Flush, Step.Root, Step.Flush, Step.Leaf)|]]")),

        Flagged("BG2044", Sample.OneTable("[[|WriteOrder(Step.Data, Step.Leaf)|]]")),
        Clean("BG2044", Sample.OneTable("[WriteOrder(Step.Data, Step.Flush, Step.Leaf)]")),
        Edge("BG2044", Sample.TwoLevels("[[|WriteOrder(Step.Data, Step.Flush, Step.Leaf, Step.Root)|]]")),
        Edge("BG2044", Sample.OneTable("[[|WriteOrder(Step.Flush, Step.Data, Step.Leaf, Step.Flush)|]]")),

        Flagged("BG2045", Sample.OneTable("[[|DirtyMark(nameof(Head.Features), 1)|]]")),
        Clean("BG2045", Sample.OneTable("[DirtyMark(nameof(Head.Features), Features.Dirty)]")),
        Edge("BG2045", Sample.OneTable("[DirtyMark(nameof(Head.Count), 1)]")),
        Edge("BG2045", Sample.OneTable("[[|DirtyMark(nameof(Head.Count), 0)|]]")),
        Edge("BG2045", Sample.OneTable("[[|DirtyMark(nameof(Head.Count), \"dirty\")|]]")),

        Flagged("BG2046", Sample.OneTable("[[|DirtyMark(nameof(Head.Count), 1, Clean = 1)|]]")),
        Clean("BG2046", Sample.OneTable("[DirtyMark(nameof(Head.Count), 1, Clean = 2)]")),
        Edge("BG2046", Sample.OneTable("[DirtyMark(nameof(Head.Count), 0, Clean = 1)]")),
        Edge("BG2046", Sample.OneTable("[DirtyMark(nameof(Head.Features), Features.Dirty, Clean = Features.None)]")),
        Edge("BG2046", Sample.OneTable("[[|DirtyMark(nameof(Head.Features), Features.Dirty, Clean = 0)|]]")),
        Edge("BG2046", Sample.OneTable("[[|DirtyMark(nameof(Head.Count), 1, Clean = 1L << 32)|]]")),
    ];

    private const string Dirty = "[DirtyMark(nameof(Head.Features), Features.Dirty)]";
}
