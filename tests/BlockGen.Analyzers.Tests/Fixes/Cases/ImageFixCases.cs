namespace BlockGen.Analyzers.Tests;

internal static class ImageFixCases
{
    public static IReadOnlyList<FixCase> All { get; } =
    [
        new("BG2010",
            Sample.OneTable(name: "[|Image|]").Replace("sealed ", "", StringComparison.Ordinal),
            Sample.OneTable()),
        new("BG2011",
            Sample.Identity(format: "[|ImageFormat(\"sample, format\")|]"),
            Sample.Identity(format: "ImageFormat(\"sample-format\")")),
        new("BG2014",
            Sample.Lookup("[[|Lookup<LeafEntry>(Root = \"Rot\")|]]"),
            Sample.Lookup("[Lookup<LeafEntry>(Root = nameof(Head.Root))]")),
        new("BG2030",
            Sample.TwoLevels(name: "[|Image|]").Replace("[TableBytes]", "", StringComparison.Ordinal),
            Sample.TwoLevels().Replace("[TableBytes]", " [TableBytes]", StringComparison.Ordinal)),
        new("BG2032",
            Sample.OneTable(name: "[|Image|]", members: "[HostStart] private HostOffset Start => default;"),
            Sample.OneTable(members: "private HostOffset Start => default;")),
        new("BG2032",
            Sample.Identity(format: "[|ImageFormat(\"sample\")|], WriteOrder(Step.Data, Step.Flush, Step.Leaf)"),
            Sample.Identity()),
        new("BG2033",
            Sample.OneTable(members: "[DataStart] private static HostOffset [|Start|] => new(512);"),
            Sample.OneTable(members: "[DataStart] private HostOffset Start => new(512);")),
        new("BG2034",
            Sample.OneTable(members: "[Allocator] private HostOffset [|Allocate|](uint bytes) => Tail.Take(bytes);"),
            Sample.OneTable(members: "[Allocator] private HostOffset Allocate(ulong bytes) => Tail.Take(bytes);")),
        new("BG2035",
            Created("private bool [|Full|] => true;"),
            Created("internal bool Full => true;")),
        new("BG2045",
            Sample.OneTable("[[|DirtyMark(nameof(Head.Features), 1)|]]"),
            Sample.OneTable("[DirtyMark(nameof(Head.Features), Features.Dirty)]")),
    ];

    private static string Created(string property) =>
        Sample.Identity("[Create] private static ulong Make(Settings options) => 512;")
        + $"\n[CreateOptions] public sealed partial record Settings {{ [Preallocate] {property} }}";
}
