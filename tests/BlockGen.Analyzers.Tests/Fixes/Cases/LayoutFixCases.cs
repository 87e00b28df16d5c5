namespace BlockGen.Analyzers.Tests;

internal static class LayoutFixCases
{
    public static IReadOnlyList<FixCase> All { get; } =
    [
        new("BG1001",
            "[DiskStruct(ByteOrder.Little)] public readonly record struct [|Header|] { public uint A { get; init; } }",
            "[DiskStruct(ByteOrder.Little)] public readonly partial record struct Header { public uint A { get; init; } }"),
        new("BG1001",
            """
            public static class Outer
            {
                [FormatList] public static class [|Formats|];

                [CreateOptions] public sealed partial record [|Settings|];
            }
            """,
            """
            public static partial class Outer
            {
                [FormatList] public static partial class Formats;

                [CreateOptions] public sealed partial record Settings;
            }
            """),
        new("BG1002",
            "[CreateOptions] file sealed partial record [|Settings|];",
            "[CreateOptions] internal sealed partial record Settings;"),
        new("BG1010",
            "[DiskStruct(ByteOrder.Little)] public partial record struct [|Header|] { public uint A { get; set; } }",
            "[DiskStruct(ByteOrder.Little)] public readonly partial record struct Header { public uint A { get; init; } }"),
        new("BG1010",
            "[DiskStruct(ByteOrder.Little)] internal readonly partial struct [|Header|] { public uint A { get; init; } }",
            "[DiskStruct(ByteOrder.Little)] internal readonly partial record struct Header { public uint A { get; init; } }"),
        new("BG1015",
            Sample.Struct("public ulong A { get; init; }", "[|DiskStruct(ByteOrder.Little, Size = 1 << 2)|]"),
            Sample.Struct("public ulong A { get; init; }", "DiskStruct(ByteOrder.Little, Size = 8)")),
        new("BG1017",
            Sample.Struct("[[|ReservedBefore(0)|]] public uint A { get; init; }"),
            Sample.Struct("public uint A { get; init; }")),
        new("BG1020",
            Sample.Struct("""[[|Magic("QE\x1a")|]] public ulong A { get; init; }"""),
            Sample.Struct("""[Magic("QE\x1a\0\0\0\0\0")] public ulong A { get; init; }""")),
        new("BG1020",
            Sample.Struct("""[[|Magic("conectix")|]] public uint A { get; init; }"""),
            Sample.Struct("""[Magic("cone")] public uint A { get; init; }""")),
        new("BG1020",
            Sample.Struct("""[[|Magic("conectix")|], FixedText(4)] public string A { get; init; }"""),
            Sample.Struct("""[Magic("conectix"), FixedText(8)] public string A { get; init; }""")),
        new("BG1021",
            Sample.Struct(
                """
                [[|PowerOfTwo|]]
                    public Guid A { get; init; }

                    [InRange(Min = 1), [|FixedText(4)|]] public uint B { get; init; }
                """),
            Sample.Struct(
                """
                public Guid A { get; init; }

                    [InRange(Min = 1)] public uint B { get; init; }
                """)),
        new("BG1023",
            Sample.Struct("[[|PowerOfTwo(Min = 1 << 20, Max = 512)|]] public uint A { get; init; }"),
            Sample.Struct("[PowerOfTwo(Min = 512, Max = 1 << 20)] public uint A { get; init; }")),
        new("BG1025",
            Sample.Struct("""[[|AtMost("MapableBytes")|]] public uint A { get; init; } private ulong MappableBytes => 9;"""),
            Sample.Struct("[AtMost(nameof(MappableBytes))] public uint A { get; init; } private ulong MappableBytes => 9;")),
        new("BG1025",
            Sample.Struct(
                """
                public byte Version { get; init; } public uint Versions => 1;
                    [[|PresentIf("Versoin", 2)|]] public uint A { get; init; }
                """),
            Sample.Struct(
                """
                public byte Version { get; init; } public uint Versions => 1;
                    [PresentIf(nameof(Version), 2)] public uint A { get; init; }
                """)),
        new("BG1029",
            Features("None, Lazy, External, [|Compressed|]"),
            Features("None = 0, Lazy = 1 << 0, External = 1 << 1, Compressed = 1 << 2")),
        new("BG1029",
            Features("None, A, B, [|C|], D, [|E|], [|F|]"),
            Features("None = 0, A = 1 << 0, B = 1 << 1, C = 1 << 2, D = 1 << 3, E = 1 << 4, F = 1 << 5")),
        new("BG1032",
            Sample.Struct("[[|Checksum(ChecksumKind.Crc32)|]] public ulong A { get; init; }"),
            Sample.Struct("[Checksum(ChecksumKind.Crc32)] public uint A { get; init; }")),
        new("BG1032",
            Sample.Struct(
                """
                public uint A { get; init; }
                    [PresentIf(nameof(A), 1), [|Checksum(ChecksumKind.Crc32)|]] public uint B { get; init; }
                """),
            Sample.Struct(
                """
                public uint A { get; init; }
                    [Checksum(ChecksumKind.Crc32)] public uint B { get; init; }
                """)),
        new("BG1035",
            Sample.Struct("""[Magic("ABCD"), Magic("EFGH"), Magic("ABCD")] public uint [|A|] { get; init; }"""),
            Sample.Struct("""[Magic("ABCD"), Magic("EFGH")] public uint A { get; init; }""")),
    ];

    private static string Features(string members) =>
        Sample.Struct("[FeatureBits(UnknownBits.Keep)] public Bits A { get; init; }")
        + $"\n[Flags] public enum Bits : uint {{ {members} }}";
}
