using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class FieldLengthCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG1030", Sample.Struct("public string [|A|] { get; init; }")),
        Flagged("BG1030", Sample.Struct("public DiskArray<uint> [|A|] { get; init; }")),
        Clean("BG1030", Sample.Struct("[FixedText(8)] public string A { get; init; }")),
        Edge("BG1030", Sample.Struct("public uint B { get; init; } public string A => \"computed\";")),

        Flagged("BG1031", Sample.Struct("[[|FixedText(0)|]] public string A { get; init; }")),
        Flagged("BG1031", Sample.Struct("[[|FixedCount(-1)|]] public DiskArray<uint> A { get; init; }")),
        Clean("BG1031", Sample.Struct("[FixedCount(1)] public DiskArray<uint> A { get; init; }")),
        Edge("BG1031", Sample.Struct("[FixedText(8, Encoding = TextEncoding.Utf16)] public string A { get; init; }")),
        Edge("BG1031",
            Sample.Struct("[[|FixedText(7, Encoding = TextEncoding.Utf16)|]] public string A { get; init; }")),

        Flagged("BG1032", Sample.Struct("[[|Checksum(ChecksumKind.Crc32)|]] public ulong A { get; init; }")),
        Clean("BG1032", Sample.Struct("[Checksum(ChecksumKind.Crc32)] public uint A { get; init; }")),
        Edge("BG1032", Sample.Struct(
            """
            public uint A { get; init; }
            [PresentIf(nameof(A), 1), [|Checksum(ChecksumKind.Crc32)|]] public uint B { get; init; }
            """)),

        Flagged("BG1033",
            Sample.Struct("""[[|Checksum(ChecksumKind.Crc32, From = "Nowhere")|]] public uint A { get; init; }""")),
        Clean("BG1033", Sample.Struct(
            """
            public uint A { get; init; }
            [Checksum(ChecksumKind.Crc32, From = nameof(A), Through = nameof(A))] public uint B { get; init; }
            """)),
        Edge("BG1033", Sample.Struct(
            """
            public uint A { get; init; }
            [[|Checksum(ChecksumKind.Crc32, From = nameof(B), Through = nameof(A))|]] public uint B { get; init; }
            """)),

        Flagged("BG1035", Sample.Struct("""[Magic("ABCD"), Magic("ABCD")] public uint [|A|] { get; init; }""")),
        Clean("BG1035", Sample.Struct("""[Magic("ABCD"), Magic("DCBA")] public uint A { get; init; }""")),
        Edge("BG1035", Sample.Struct("""[Magic("ABCD"), Magic(1)] public uint A { get; init; }""")),
        Edge("BG1035", Sample.Struct("[Magic(1), Magic(2), Magic(1)] public uint [|A|] { get; init; }")),
        Edge("BG1035", Sample.Struct(
            "[Magic(1), Magic(2)] public uint A { get; init; } internal const uint AValue = 1;")),

        Flagged("BG1034", Sample.Struct(
            """
            [Checksum(ChecksumKind.Crc32)] public uint [|A|] { get; init; }
            [Checksum(ChecksumKind.Crc32C)] public uint [|B|] { get; init; }
            """)),
        Clean("BG1034", Sample.Struct(
            """
            public uint A { get; init; }
            [Checksum(ChecksumKind.Crc32, Through = nameof(A))] public uint B { get; init; }
            public uint C { get; init; }
            [Checksum(ChecksumKind.Crc32, From = nameof(C))] public uint D { get; init; }
            """)),
        Edge("BG1034", Sample.Struct(
            """
            public uint A { get; init; }
            [Checksum(ChecksumKind.Crc32, Through = nameof(A))] public uint B { get; init; }
            [Checksum(ChecksumKind.Crc32)] public uint [|C|] { get; init; }
            """)),
    ];
}
