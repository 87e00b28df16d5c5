using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class ImageCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG2010", Sample.OneTable(name: "[|Image|]").Replace("sealed ", "", StringComparison.Ordinal)),
        Clean("BG2010", Sample.OneTable()),
        Edge("BG2010", Sample.Identity(name: "[|Image|]").Replace("class", "record", StringComparison.Ordinal)),
        Edge("BG2010",
            Sample.OneTable(members: "public Image(string name) => Console.Write(name);", name: "[|Image|]")),

        Flagged("BG2011", Sample.Identity(format: "[|ImageFormat(\"my format\")|]")),
        Clean("BG2011", Sample.Identity(format: "ImageFormat(\"my-format\")")),
        Edge("BG2011", Sample.Identity(format: "[|ImageFormat(\"\")|]")),
        Edge("BG2011", Sample.Identity(format: "[|ImageFormat(\"nbd:\")|]")),

        Flagged("BG2012",
            Sample.Lookup("[[|Lookup<LeafEntry>(Root = \"Root\")|]]").Replace(Header, "", StringComparison.Ordinal)),
        Clean("BG2012", Sample.Lookup("[Lookup<LeafEntry>(Root = \"Root\")]")),
        Edge("BG2012", Sample.Identity()),

        Flagged("BG2013", Plain("[|ImageFormat(\"sample\", Header = typeof(Plain))|]", declaration: "")),
        Clean("BG2013", Plain("ImageFormat(\"sample\", Header = typeof(Plain))", "[DiskStruct(ByteOrder.Little)]")),
        Edge("BG2013", Plain(
            "[|ImageFormat(\"sample\", Header = typeof(Plain))|]",
            "[TableEntry(ByteOrder.Little), EntryIs(MappingKind.Data, Otherwise = true)]")),
        Edge("BG2013",
            Sample.Lookup("[Lookup<LeafEntry>(Root = \"Root\")]").Replace(
                "[ImageFormat(\"sample\", Header = typeof(Head))]",
                "[[|ImageFormat(\"sample\", Header = typeof(Secret))|]]",
                StringComparison.Ordinal)
            + """
            [DiskStruct(ByteOrder.Little)]
            internal readonly partial record struct Secret(ulong Root, ulong DiskBytes, uint ClusterSize);
            """),

        Flagged("BG2014", Sample.Lookup("[[|Lookup<LeafEntry>(Root = \"Nowhere\")|]]")),
        Clean("BG2014",
            Sample.Lookup("[Lookup<LeafEntry>(Root = nameof(Head.Root), UnitBytes = nameof(Head.TableBytes))]")),
        Edge("BG2014", Sample.Lookup("[[|Lookup<LeafEntry>(Root = nameof(Head.Signed))|]]")),
        Edge("BG2014", Sample.Lookup("[[|Lookup<LeafEntry>(Root = nameof(Head.Root), UnitBase = \"Hidden\")|]]")),
        Edge("BG2014", Sample.OneTable("[[|DirtyMark(\"Nowhere\", 1)|]]")),

        Flagged("BG2015", Sample.Identity(format: "[|ImageFormat(\"sample\", OpenOptions = typeof(string))|]")),
        Clean("BG2015", Sample.Identity(format: "ImageFormat(\"sample\", OpenOptions = typeof(NewOptions))")),
        Edge("BG2015", Sample.Identity("[Create] private static ulong [|Make|](string options) => 0;")),
        Edge("BG2015", Sample.Identity("[Create] private static ulong [|Make|](Secret options) => 0;")
            + "[CreateOptions] internal sealed partial record Secret;"),
        Edge("BG2015", Sample.Identity("[Create] private static ulong Make(NewOptions options) => options.DiskBytes;")),

        Flagged("BG2016", Sample.Driver("", "[|Image|]", Size)),
        Flagged("BG2016",
            Sample.Driver("[Lookup<LeafEntry>(Root = nameof(Head.Root)), IdentityLookup]", "[|Image|]", Size)),
        Clean("BG2016", Sample.Driver("", "Image", Size + Find)),
        Edge("BG2016", Sample.Identity(Find, "[|Image|]")),

        Flagged("BG2017", Sample.Lookup("[[|Lookup<ulong>(Root = nameof(Head.Root))|]]")),
        Clean("BG2017", Sample.TwoLevels()),
        Edge("BG2017", Sample.Lookup("[[|Lookup<ulong, LeafEntry>(Root = nameof(Head.Root))|]]").Replace(
            "[ClusterSize]", "[TableBytes] private ulong TableBytes => 512; [ClusterSize]", StringComparison.Ordinal)),

        Flagged("BG2018",
            Leaf("[EntryIs(MappingKind.Unallocated, Otherwise = true)]", "[|Lookup<Own>(Root = nameof(Head.Root))|]")),
        Clean("BG2018",
            Leaf("[EntryIs(MappingKind.Unallocated, Equal = 0), EntryIs(MappingKind.Data, Otherwise = true)]")),
        Edge("BG2018",
            Leaf("[EntryIs(MappingKind.Data, Otherwise = true)]", "[|Lookup<Own>(Root = nameof(Head.Root))|]")),

        Flagged("BG2019", Leaf(Table, "[|Lookup<Own>(Root = nameof(Head.Root))|]")),
        Clean("BG2019", Leaf(Table.Replace("Table", "Compressed", StringComparison.Ordinal))),
        Edge("BG2019", Sample.TwoLevels()),
        Edge("BG2019", Sample.TwoLevels().Replace(
            "[Lookup<RootEntry, LeafEntry>(Root = nameof(Head.Root))]",
            "[[|Lookup<Own, LeafEntry>(Root = nameof(Head.Root))|]]",
            StringComparison.Ordinal) + Sample.Entry(Table, "readonly partial record struct Own(ulong Raw)")),

        Flagged("BG2020", Sample.Identity() + Sample.Identity(name: "Twin", format: "[|ImageFormat(\"sample\")|]")),
        Clean("BG2020", Sample.Identity() + Sample.Identity(name: "Other", format: "ImageFormat(\"other\")")),
        Edge("BG2020", Sample.Identity() + Sample.Identity(name: "Other", format: "ImageFormat(\"Sample\")")),
    ];

    private const string Header = ", Header = typeof(Head)";

    private const string Size = "[GuestSize] private ulong GuestSize => Header.DiskBytes;";

    private const string Find =
        """

        [LookupMethod]
        private ValueTask<Extent> FindAsync(GuestRange range, CancellationToken cancellation) =>
            new(Extent.Zero(range));
        """;

    private const string Table =
        """
        [EntryIs(MappingKind.Unallocated, Equal = 0)]
        [EntryIs(MappingKind.Table, Equal = 1)]
        [EntryIs(MappingKind.Data, Otherwise = true)]
        """;

    private static string Leaf(string lines, string lookup = "Lookup<Own>(Root = nameof(Head.Root))") =>
        Sample.Lookup($"[{lookup}]") + Sample.Entry(lines, "readonly partial record struct Own(ulong Raw)");

    private static string Plain(string format, string declaration) =>
        $$"""
        [{{format}}, IdentityLookup]
        public sealed partial class Image { [GuestSize] private ulong GuestSize => Header.Raw; }

        {{declaration}}
        public readonly partial record struct Plain(ulong Raw);
        """;
}
