using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class StructureCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG1010",
            "[DiskStruct(ByteOrder.Little)] public partial record struct [|Header|] { public uint A { get; init; } }"),
        Clean("BG1010", Sample.Struct("public uint A { get; init; }")),
        Edge("BG1010",
            """
            [DiskStruct(ByteOrder.Little)]
            public readonly partial struct [|Header|] { public uint A { get; init; } }
            """),

        Flagged("BG1011",
            """
            [DiskStruct(ByteOrder.Little)]
            public readonly partial record struct [|Header|] { public uint A { get; init; } }
            public readonly partial record struct Header { public uint B { get; init; } }
            """),
        Clean("BG1011",
            """
            [DiskStruct(ByteOrder.Little)]
            public readonly partial record struct Header { public uint A { get; init; } }
            public readonly partial record struct Header { public uint Twice => A / 2; }
            """),
        Edge("BG1011",
            """
            [DiskStruct(ByteOrder.Little)]
            public readonly partial record struct Header(uint A) { public uint B { get; init; } }
            """),

        Flagged("BG1012", "[DiskStruct(ByteOrder.Little)] public readonly partial record struct [|Header|];"),
        Clean("BG1012", "[DiskStruct(ByteOrder.Little)] public readonly partial record struct Header(uint A);"),
        Edge("BG1012",
            "[DiskStruct(ByteOrder.Little)] public readonly partial record struct [|Header|] { public uint A => 1; }"),

        Flagged("BG1013", Sample.Struct("public float [|A|] { get; init; }")),
        Clean("BG1013", Sample.Struct(
            """
            public byte A { get; init; } public short B { get; init; } public DayOfWeek C { get; init; }
            public HostOffset D { get; init; } public Guid E { get; init; } public RootEntryLike F { get; init; }
            [FixedText(8)] public string G { get; init; } [FixedCount(2)] public DiskArray<ulong> H { get; init; }
            """) + "[DiskStruct(ByteOrder.Big)] public readonly partial record struct RootEntryLike(ulong Raw);"),
        Edge("BG1013", Sample.Struct("public GuestOffset [|A|] { get; init; }")),
        Edge("BG1013", Sample.Struct("[FixedCount(2)] public DiskArray<DayOfWeek> [|A|] { get; init; }")),
        CompilerError("BG1013", Sample.Struct("public Unknown A { get; init; }")),

        Flagged("BG1014", Sample.Struct("public Inner [|A|] { get; init; }")
            + "[DiskStruct(ByteOrder.Little)] public readonly record struct {|BG1001:Inner|}(uint A);"),
        Clean("BG1014", Sample.Struct("public Inner A { get; init; }")
            + "[DiskStruct(ByteOrder.Little)] public readonly partial record struct Inner(uint A);"),
        Edge("BG1014", Sample.Struct("public Sample [|A|] { get; init; }")),

        Flagged("BG1015", Sample.Struct("public uint A { get; init; }", "[|DiskStruct(ByteOrder.Little, Size = 3)|]")),
        Clean("BG1015", Sample.Struct("public uint A { get; init; }", "DiskStruct(ByteOrder.Little, Size = 4)")),
        Edge("BG1015", Sample.Struct("public uint A { get; init; }", "DiskStruct(ByteOrder.Little, Size = 512)")),
        Edge("BG1015", Sample.Struct(
            """
            [ReservedBefore(1)] public uint A { get; init; }
            """, "[|DiskStruct(ByteOrder.Little, Size = 4)|]")),

        Flagged("BG1016",
            Sample.Struct("public uint A { get; init; }", "[|DiskStruct(ByteOrder.Little, Size = (1 << 20) + 1)|]")),
        Clean("BG1016", Sample.Struct("public uint A { get; init; }", "DiskStruct(ByteOrder.Little, Size = 1 << 20)")),
        Edge("BG1016", Sample.Struct(
            """
            [FixedCount(1 << 20)] public DiskArray<ushort> A { get; init; }
            """, "[|DiskStruct(ByteOrder.Little)|]")),

        Flagged("BG1017", Sample.Struct("[[|ReservedBefore(0)|]] public uint A { get; init; }")),
        Clean("BG1017", Sample.Struct("[ReservedBefore(4)] public uint A { get; init; }")),
        Edge("BG1017", Sample.Struct("[[|ReservedBefore(-4)|]] public uint A { get; init; }")),
    ];
}
