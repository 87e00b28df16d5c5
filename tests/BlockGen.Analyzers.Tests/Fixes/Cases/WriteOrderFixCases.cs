namespace BlockGen.Analyzers.Tests;

internal static class WriteOrderFixCases
{
    private const string Dirty = "[DirtyMark(nameof(Head.Features), Features.Dirty)]";
    private const string Counted = "[MappedCount] private Head WithCount(ulong count) => Header with { Count = (uint)count };";

    public static IReadOnlyList<FixCase> All { get; } =
    [
        OneTable("BG2040", "Step.Data, Step.Flush", "Step.Data, Step.Flush, Step.Leaf"),
        OneTable("BG2040", "Step.Data", "Step.Data, Step.Flush, Step.Leaf"),
        OneTable("BG2040", "Step.Leaf", "Step.Data, Step.Flush, Step.Leaf"),
        new("BG2040",
            Sample.OneTable(Dirty + "[[|WriteOrder(Step.Data, Step.Flush, Step.Leaf)|]]"),
            Sample.OneTable(Dirty + "[WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf)]")),
        new("BG2040",
            Sample.OneTable("[[|WriteOrder(Step.Data, Step.Flush, Step.Leaf)|]]", Counted),
            Sample.OneTable("[WriteOrder(Step.Data, Step.Flush, Step.Header, Step.Flush, Step.Leaf)]", Counted)),
        TwoLevels("BG2040", "Step.Data, Step.Flush, Step.Leaf", "Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root"),
        TwoLevels("BG2040", "Step.Data, Step.Flush, Step.Root", "Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root"),
        OneTable("BG2041", "Step.Data, Step.Flush, Step.Leaf, Step.Leaf", "Step.Data, Step.Flush, Step.Leaf"),
        OneTable("BG2042", "Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root", "Step.Data, Step.Flush, Step.Leaf"),
        OneTable("BG2042", "Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf", "Step.Data, Step.Flush, Step.Leaf"),
        OneTable("BG2043", "Step.Leaf, Step.Flush, Step.Data", "Step.Data, Step.Flush, Step.Leaf"),
        new("BG2043",
            Sample.OneTable(Dirty + "[[|WriteOrder(Step.Data, Step.MarkDirty, Step.Flush, Step.Leaf)|]]"),
            Sample.OneTable(Dirty + "[WriteOrder(Step.MarkDirty, Step.Data, Step.Flush, Step.Leaf)]")),
        TwoLevels(
            "BG2043",
            "Step.Data, Step.Flush, Step.Root, Step.Flush, Step.Leaf",
            "Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root"),
        OneTable("BG2044", "Step.Data, Step.Leaf", "Step.Data, Step.Flush, Step.Leaf"),
        TwoLevels(
            "BG2044",
            "Step.Data, Step.Flush, Step.Leaf, Step.Root",
            "Step.Data, Step.Flush, Step.Leaf, Step.Flush, Step.Root"),
    ];

    private static FixCase OneTable(string id, string before, string after) => new(
        id, Sample.OneTable($"[[|WriteOrder({before})|]]"), Sample.OneTable($"[WriteOrder({after})]"));

    private static FixCase TwoLevels(string id, string before, string after) => new(
        id, Sample.TwoLevels($"[[|WriteOrder({before})|]]"), Sample.TwoLevels($"[WriteOrder({after})]"));
}
