using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class FieldCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG1020", Sample.Struct("""[[|Magic("QED")|]] public uint A { get; init; }""")),
        Clean("BG1020", Sample.Struct("""[Magic("QED\0")] public uint A { get; init; }""")),
        Edge("BG1020", Sample.Struct("""[Magic("conectix"), FixedText(8)] public string A { get; init; }""")),
        Edge("BG1020", Sample.Struct("""[[|Magic("conectix")|], FixedText(4)] public string A { get; init; }""")),

        Flagged("BG1021", Sample.Struct("[[|PowerOfTwo|]] public Guid A { get; init; }")),
        Clean("BG1021", Sample.Struct("[OneOf(1, 2)] public DayOfWeek A { get; init; }")),
        Edge("BG1021", Sample.Struct("[[|FixedText(4)|]] public uint A { get; init; }")),
        Edge("BG1021", Sample.Struct("[[|FeatureBits(UnknownBits.Keep)|]] public HostOffset A { get; init; }")),
        Edge("BG1021", Sample.Struct("""[[|Magic("€uro")|]] public uint A { get; init; }""")),

        Flagged("BG1022", Sample.Struct("[[|OneOf(1, 256)|]] public byte A { get; init; }")),
        Clean("BG1022", Sample.Struct("[OneOf(1, 255)] public byte A { get; init; }")),
        Edge("BG1022", Sample.Struct("[InRange(Max = 300)] public byte A { get; init; }")),
        Edge("BG1022", Sample.Struct("[[|Magic(0x80)|]] public sbyte A { get; init; }")),

        Flagged("BG1023", Sample.Struct("[[|InRange(Min = 2, Max = 1)|]] public uint A { get; init; }")),
        Flagged("BG1023", Sample.Struct("[[|PowerOfTwo(Min = 5, Max = 7)|]] public uint A { get; init; }")),
        Flagged("BG1023", Sample.Struct("[[|OneOf|]] public uint A { get; init; }")),
        Clean("BG1023", Sample.Struct("[PowerOfTwo(Min = 5, Max = 8)] public uint A { get; init; }")),
        Edge("BG1023", Sample.Struct("[InRange(Min = 1, Max = 1)] public uint A { get; init; }")),
        Edge("BG1023", Sample.Struct("[[|PowerOfTwo(Min = 1 << 16)|]] public ushort A { get; init; }")),

        Flagged("BG1024", Sample.Struct("[[|MultipleOf(0)|]] public uint A { get; init; }")),
        Clean("BG1024", Sample.Struct("[MultipleOf(512)] public uint A { get; init; }")),
        Edge("BG1024",
            Sample.Struct("public uint A { get; init; } [AlignedTo(nameof(A))] public uint B { get; init; }")),

        Flagged("BG1025", Sample.Struct("""[[|AtMost("Nowhere")|]] public uint A { get; init; }""")),
        Flagged("BG1025", Sample.Struct("""[[|PresentIf("Nowhere", 1)|]] public uint A { get; init; }""")),
        Clean("BG1025",
            Sample.Struct("[AtMost(nameof(Most))] public uint A { get; init; } private const uint Most = 9;")),
        Edge("BG1025",
            Sample.Struct("[[|AtMost(nameof(Most))|]] public uint A { get; init; } private uint Most() => 9;")),
        Edge("BG1025", Sample.Struct(
            "public HostOffset A { get; init; } [[|PresentIf(nameof(A), 1)|]] public uint B { get; init; }")),

        Flagged("BG1026",
            Sample.Struct("[[|AtMost(nameof(B))|]] public uint A { get; init; } public uint B { get; init; }")),
        Flagged("BG1026",
            Sample.Struct("[[|PresentIf(nameof(B), 1)|]] public uint A { get; init; } public uint B { get; init; }")),
        Clean("BG1026", Sample.Struct("public uint A { get; init; } [AtMost(nameof(A))] public uint B { get; init; }")),
        Edge("BG1026", Sample.Struct("[[|AtMost(nameof(A))|]] public uint A { get; init; }")),
        Edge("BG1026",
            Sample.Struct("[AtMost(nameof(Most))] public uint A { get; init; } private ulong Most => ulong.MaxValue;")),

        Flagged("BG1027", Sample.Struct(
            """
            [FixedText(8)] public string A { get; init; }
            [[|AtMost(nameof(A))|]] public uint B { get; init; }
            """)),
        Clean("BG1027", Sample.Struct("public byte A { get; init; } [AtMost(nameof(A))] public long B { get; init; }")),
        Edge("BG1027",
            Sample.Struct("[AtMost(nameof(Most))] public ulong A { get; init; } private UInt128 Most => 9;")),
        Edge("BG1027",
            Sample.Struct("[[|AtMost(nameof(Most))|]] public long A { get; init; } private UInt128 Most => 9;")),

        Flagged("BG1028",
            Sample.Struct("public byte A { get; init; } [[|PresentIf(nameof(A), 300)|]] public uint B { get; init; }")),
        Clean("BG1028",
            Sample.Struct("public byte A { get; init; } [PresentIf(nameof(A), 255)] public uint B { get; init; }")),
        Edge("BG1028",
            Sample.Struct("public byte A { get; init; } [PresentIf(nameof(A), 0)] public uint B { get; init; }")),
        Edge("BG1028", Sample.Struct(
            """
            [FeatureBits(UnknownBits.Keep)] public uint A { get; init; }
            [[|PresentIf(nameof(A), 0)|]] public uint B { get; init; }
            """)),
        Edge("BG1028", Sample.Struct(
            """
            public byte A { get; init; }
            [[|PresentIf(nameof(A), "x")|]] public uint B { get; init; }
            """)),

        Flagged("BG1029", Features("None, Lazy, External, [|Compressed|]")),
        Clean("BG1029", Features("None, Lazy = 1 << 0, External = 1 << 1, Compressed = 1 << 2")),
        Edge("BG1029", Features("Lazy = 1, External = 2, Both = Lazy | External, Same = Both, Several = 1 | 4")),
        Edge("BG1029", Features(
            "Lazy = 1, [|Mask|] = 0x30", "[FeatureBits(UnknownBits.Clear)] public Bits Again { get; init; }")),
        Edge("BG1029", "public enum Counted { None, One, Two, Three }"),
    ];

    private static string Features(string members, string more = "") =>
        Sample.Struct($"[FeatureBits(UnknownBits.Keep)] public Bits A {{ get; init; }} {more}")
        + $" [Flags] public enum Bits : uint {{ {members} }}";
}
