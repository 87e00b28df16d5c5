using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class EntryCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG2001", Sample.Entry(Otherwise, "partial record struct [|Entry|](ulong Raw)")),
        Clean("BG2001", Sample.Entry(Otherwise)),
        Edge("BG2001", Sample.Entry(Otherwise, "readonly partial struct [|Entry|](ulong Raw)")),

        Flagged("BG2002", Sample.Entry(Otherwise, "readonly partial record struct [|Entry|](int Raw)")),
        Clean("BG2002", Sample.Entry(Otherwise, "readonly partial record struct Entry(uint Raw)")),
        Edge("BG2002", Sample.Entry(Otherwise, "readonly partial record struct [|Entry|](ulong Value)")),
        Edge("BG2002", Sample.Entry(Otherwise, "readonly partial record struct [|Entry|](ulong Raw, ulong Bitmap)")),

        Flagged("BG2003", Sample.Entry(
            "[EntryIs(MappingKind.Unallocated, Equal = 0)]", "readonly partial record struct [|Entry|](ulong Raw)")),
        Flagged("BG2003", Sample.Entry($"{Otherwise} [[|EntryIs(MappingKind.Zero, Otherwise = true)|]]")),
        Flagged("BG2003",
            Sample.Entry("[[|EntryIs(MappingKind.Data, Otherwise = true)|]] [EntryIs(MappingKind.Zero, Equal = 1)]")),
        Clean("BG2003", Sample.Entry($"[EntryIs(MappingKind.Zero, Equal = 1)] {Otherwise}")),
        Edge("BG2003",
            Sample.Entry("[EntryIs(MappingKind.Zero, Equal = 1), EntryIs(MappingKind.Data, Otherwise = true)]")),

        Flagged("BG2004",
            Lines("[EntryIs(MappingKind.Zero, Equal = 1)] [[|EntryIs(MappingKind.Unallocated, Equal = 1)|]]")),
        Flagged("BG2004", Lines(
            "[EntryIs(MappingKind.Zero, Mask = 1, Equal = 1)] [[|EntryIs(MappingKind.Unallocated, Equal = 3)|]]")),
        Clean("BG2004", Lines("[EntryIs(MappingKind.Zero, Equal = 1)] [EntryIs(MappingKind.Unallocated, Equal = 0)]")),
        Edge("BG2004",
            Lines("[EntryIs(MappingKind.Unallocated, Equal = 3)] [EntryIs(MappingKind.Zero, Mask = 1, Equal = 1)]")),

        Flagged("BG2005", Lines("[[|EntryIs(MappingKind.Zero, Mask = 1, Equal = 2)|]]")),
        Flagged("BG2005", Lines("[[|EntryIs(MappingKind.Zero, Mask = 1UL << 32, Equal = 1UL << 32)|]]", "uint")),
        Clean("BG2005", Lines("[EntryIs(MappingKind.Zero, Mask = 3, Equal = 2)]")),
        Edge("BG2005", Lines("[EntryIs(MappingKind.Zero, Mask = ulong.MaxValue, Equal = 1)]", "uint")),
        Edge("BG2005", Lines("[EntryIs(MappingKind.Zero, Mask = 1)]")),

        Flagged("BG2006", Lines("[[|EntryIs((MappingKind)9, Equal = 1)|]]")),
        Clean("BG2006", Lines("[EntryIs(MappingKind.Compressed, Equal = 1)]")),
        Edge("BG2006", Lines("[EntryIs((MappingKind)1, Equal = 1)]")),
        CompilerError("BG2006", Lines("[EntryIs(MappingKind.Nothing, Equal = 1)]")),

        Flagged("BG2007", Sample.Entry(Otherwise, order: "[|TableEntry(ByteOrder.Big, HostMask = 0b101)|]")),
        Clean("BG2007", Sample.Entry(Otherwise, order: "TableEntry(ByteOrder.Big, HostMask = 0x00fffffffffffe00)")),
        Edge("BG2007", Sample.Entry(Otherwise, order: "TableEntry(ByteOrder.Big, HostMask = 1)")),
        Edge("BG2007", Sample.Entry(Otherwise, order: "[|TableEntry(ByteOrder.Big, HostMask = 0)|]")),
        Edge("BG2007", Sample.Entry(
            Otherwise,
            "readonly partial record struct Entry(uint Raw)",
            "[|TableEntry(ByteOrder.Big, HostMask = 1UL << 32)|]")),
    ];

    private const string Otherwise = "[EntryIs(MappingKind.Data, Otherwise = true)]";

    private static string Lines(string lines, string raw = "ulong") =>
        Sample.Entry($"{lines} {Otherwise}", $"readonly partial record struct Entry({raw} Raw)");
}
