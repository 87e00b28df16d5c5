using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class MarkerCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG2030", Sample.Driver("[IdentityLookup]", "[|Image|]", "")),
        Clean("BG2030", Sample.TwoLevels()),
        Edge("BG2030", Sample.TwoLevels(name: "[|Image|]").Replace("[TableBytes]", "", StringComparison.Ordinal)),
        Edge("BG2030", Sample.OneTable(
            name: "{|BG2030:{|BG2030:Image|}|}", members: "[BackingName] private HostRange BackingName => default;")),

        Flagged("BG2031", Sample.OneTable(members: "[GuestSize] private ulong [|Twice|] => 512;")),
        Clean("BG2031", Sample.OneTable(members: "private ulong Twice => GuestSize * 2;")),
        Edge("BG2031", Sample.OneTable(members:
            """
            [DataStart] private HostOffset Start => default;
            [DataStart] private HostOffset [|Again|] => default;
            """)),

        Flagged("BG2032",
            Sample.OneTable(name: "[|Image|]", members: "[HostStart] private HostOffset Start => default;")),
        Clean("BG2032", Sample.Identity("[HostStart] private HostOffset Start => new(512);")),
        Edge("BG2032",
            Sample.Identity("[Allocator] private HostOffset Allocate(ulong bytes) => default;", "[|Image|]")),
        Edge("BG2032",
            Sample.Identity(format: "[|ImageFormat(\"sample\")|], WriteOrder(Step.Data, Step.Flush, Step.Leaf)")),
        Edge("BG2032", Sample.Driver(
            "",
            "[|Image|]",
            """
            [GuestSize] private ulong GuestSize => Header.DiskBytes;
            [LookupMethod]
            private ValueTask<Extent> FindAsync(GuestRange range, CancellationToken cancellation) => default;
            [Create] private static Head Make(NewOptions options) => default;
            """)),

        Edge("BG2032", Sample.Driver(
            "",
            "[|Image|]",
            """
            [GuestSize] private ulong GuestSize => Header.DiskBytes;
            [LookupMethod]
            private ValueTask<Extent> FindAsync(GuestRange range, CancellationToken cancellation) => default;
            [Resize] private Head Resized(ulong bytes) => Header;
            """)),

        Flagged("BG2033", Sample.OneTable(members: "[DataStart] private ulong [|Start|] => 512;")),
        Clean("BG2033", Sample.OneTable(members: "[DataStart] private HostOffset Start => new(512);")),
        Edge("BG2033", Sample.OneTable(members: "[DataStart] private static HostOffset [|Start|] => new(512);")),

        Flagged("BG2034", Sample.OneTable(members: "[Allocator] private ulong [|Allocate|](ulong bytes) => bytes;")),
        Clean("BG2034",
            Sample.OneTable(members: "[Allocator] private HostOffset Allocate(ulong bytes) => Tail.Take(bytes);")),
        Clean("BG2034",
            Sample.OneTable(members: "[Resize] private Head Resized(ulong bytes) => Header with { DiskBytes = 1 };")),
        Edge("BG2034", Sample.OneTable(members: "[Resize] private ulong [|Resized|](ulong bytes) => bytes;")),
        Edge("BG2034", Sample.OneTable(members: "[Create] private Head [|Make|](NewOptions options) => default;")),
        Edge("BG2034",
            Sample.OneTable(members: "[Allocator] private HostOffset [|Allocate|](ref ulong bytes) => default;")),

        Flagged("BG2035", Created("private bool [|Full|] => true;")),
        Clean("BG2035", Created("internal bool Full => true;")),
        Edge("BG2035",
            "[CreateOptions] public sealed partial record Unused { [Preallocate] private bool Full => true; }"),
    ];

    private static string Created(string property) =>
        Sample.Identity("[Create] private static ulong Make(Settings options) => 512;")
        + $"[CreateOptions] public sealed partial record Settings {{ [Preallocate] {property} }}";
}
