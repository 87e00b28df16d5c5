namespace BlockGen.Generators.Tests.Images;

/// <summary>A driver with tables, by the index of what it declares in each respect.</summary>
internal sealed record TableCombination(int[] Choices, string Source);

/// <summary>The combinations of what drivers with one and two levels of tables can declare.</summary>
internal static class TableCombinations
{
    private const string Marker = "|";

    // In each respect: what stands before the class, and after the marker what stands in it.
    private static readonly string[][] Respects =
    [
        ["<CommonLeaf>|", "<CommonRoot, CommonLeaf>|"],
        ["|", ", UnitBytes = nameof(CommonHeader.UnitBytes)|", ", UnitBase = nameof(CommonHeader.TableOffset), UnitBytes = nameof(CommonHeader.UnitBytes)|",
            ", UnitBytes = nameof(CommonHeader.UnitBytes), AlignedFrom = nameof(CommonHeader.TableOffset)|",
            ", AlignedFrom = nameof(CommonHeader.TableOffset), AlignedTo = nameof(CommonHeader.UnitBytes)|"],
        ["|", "[DirtyMark(nameof(CommonHeader.State), int.MinValue)]|", "[DirtyMark(nameof(CommonHeader.Flags), CommonFlags.Dirty)]|",
            "[DirtyMark(nameof(CommonHeader.State), -1, Clean = 0)]|",
            "[DirtyMark(nameof(CommonHeader.Flags), CommonFlags.Dirty, Clean = CommonFlags.None)]|"],
        ["|", "order|"],
        ["|", "|[BackingName] private HostRange Name => default; [BackingNameSpace] private HostRange Space => new(512, 512); "
            + "[BackingLink] private CommonHeader Link(BackingLink? link, HostRange name) => Header;",
            "|[BackingName] private HostRange Name => default; [BackingNameSpace] private HostRange Space => new(512, 512); "
            + "[BackingFormat] private string? BackingFormat => null; "
            + "[BackingLink] private CommonHeader Link(BackingLink? link, HostRange name) => Header;"],
        ["|", "|[Allocator] private HostOffset Allocate(ulong bytes) => Tail.Take(bytes);"],
        ["|", "|[MappedCount] private CommonHeader Count(ulong count) => Header with { UsedClusters = (uint)count };"],
        ["|", ", FreeSpace = FreeSpace.AfterHighestMapped|"],
        ["|", "|[Create] private static CommonHeader New(CommonOptions options) => new() { DiskBytes = options.Size };",
            "|[Create] private static CommonHeader New(FullOptions options) => new() { DiskBytes = options.Full ? 1UL : 0 };"],
        ["|", "|[Resize] private CommonHeader Resized(ulong bytes) => Header with { DiskBytes = bytes };"],
        ["|", "|[DataStart] private HostOffset DataStart => new(4096);"],
        ["|", "|[WriteObstacle] private string? Obstacle => Header.State == 7 ? \"is odd\" : null; "
            + "[Opening] private ValueTask ReadMoreAsync(CancellationToken cancellation) => ValueTask.CompletedTask;"],
        ["|", ", OpenOptions = typeof(CommonWindow)|private ulong Offset => DriverOptions.Offset;"],
    ];

    private const int Shape = 0, Units = 1, Mark = 2, Order = 3, Count = 6, Tail = 7, Opening = 12;

    /// <summary>The number of choices in each respect.</summary>
    public static int[] ChoiceCounts { get; } = [.. Respects.Select(choices => choices.Length)];

    public static IReadOnlyList<TableCombination> All { get; } =
    [
        .. Respects.Aggregate(
                (IEnumerable<int[]>)[[]],
                (chosen, choices) => chosen.SelectMany(head => Enumerable.Range(0, choices.Length).Select(choice => (int[])[.. head, choice])))
            .Select(choices => new TableCombination(choices, Source(choices))),
    ];

    /// <summary>Few of them that hold every pair of choices: what one respect does to another shows in a pair.</summary>
    public static IReadOnlyList<TableCombination> Pairs { get; } = [.. FindPairs()];

    private static IEnumerable<TableCombination> FindPairs()
    {
        HashSet<(int, int, int, int)> held = [];
        TableCombination[] order = Thoroughness.Shuffled(All);
        foreach (int wanted in new[] { 40, 20, 10, 5, 1 })
        {
            foreach (TableCombination combination in order.Where(each => PairsOf(each.Choices).Count(pair => !held.Contains(pair)) >= wanted))
            {
                held.UnionWith(PairsOf(combination.Choices));
                yield return combination;
            }
        }
    }

    private static IEnumerable<(int, int, int, int)> PairsOf(int[] choices) =>
        from first in Enumerable.Range(0, choices.Length)
        from second in Enumerable.Range(first + 1, choices.Length - first - 1)
        select (first, choices[first], second, choices[second]);

    private static string Source(int[] choices)
    {
        string[] heads = [.. choices.Select((choice, respect) => Respects[respect][choice].Split(Marker)[0])];
        string[] bodies = [.. choices.Select((choice, respect) => Respects[respect][choice].Split(Marker)[1])];
        string tableBytes = choices[Shape] == 1 ? "[TableBytes] private uint TableBytes => 4096;" : "";
        return $$"""
            [ImageFormat("combined", Header = typeof(CommonHeader){{heads[Tail]}}{{heads[Opening]}})]
            [Lookup{{heads[Shape]}}(Root = nameof(CommonHeader.TableOffset){{heads[Units]}})]
            {{heads[Mark]}}
            {{(choices[Order] == 1 ? WriteOrder(choices) : "")}}
            public sealed partial class CombinedImage
            {
                [GuestSize] private ulong GuestSize => Header.DiskBytes;
                [ClusterSize] private uint ClusterSize => Header.ClusterBytes;
                {{tableBytes}}
                {{string.Join("\n    ", bodies.Where(body => body.Length > 0))}}
            }
            """;
    }

    private static string WriteOrder(int[] choices)
    {
        string mark = choices[Mark] > 0 ? "Step.MarkDirty, " : "";
        string header = choices[Count] > 0 ? "Step.Header, " : "";
        string root = choices[Shape] > 0 ? ", Step.Flush, Step.Root" : "";
        return $"[WriteOrder({mark}Step.Data, {header}Step.Flush, Step.Leaf{root})]";
    }
}
