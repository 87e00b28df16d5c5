using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class OptionCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG1040", "[CreateOptions] public partial record [|Settings|];"),
        Clean("BG1040", "[CreateOptions] public sealed partial record Settings;"),
        Edge("BG1040", "[CreateOptions] public sealed partial class [|Settings|];"),

        Flagged("BG1041", "[CreateOptions] public sealed partial record [|Settings|](ulong Size);"),
        Clean("BG1041", Settings("""[Option("size")] public ulong Size { get; init; } = 512;""")),
        Edge("BG1041",
            "[CreateOptions] public sealed partial record [|Settings|] { public required ulong Size { get; init; } }"),
        Edge("BG1041",
            "[CreateOptions] public sealed partial record Settings(ulong Size) { public Settings() : this(0) { } }"),

        Flagged("BG1042", Settings("""[Option("count")] public int [|Count|] { get; init; }""")),
        Clean("BG1042", Settings(
            """
            [Option("a")] public bool A { get; init; } [Option("b")] public uint B { get; init; }
            [Option("c")] public ulong? C { get; init; } [Option("d")] public string? D { get; init; }
            """)),
        Edge("BG1042", Settings("""[Option("count")] public uint? [|Count|] { get; init; }""")),
        CompilerError("BG1042", Settings("""[Option("count")] public Unknown Count { get; init; }""")),

        Flagged("BG1043", Settings("""[Option("size")] public ulong [|Size|] => 512;""")),
        Clean("BG1043", Settings("""[Option("size")] public ulong Size { get; set; }""")),
        Edge("BG1043", Settings("""[Option("size")] public static ulong [|Size|] { get; set; }""")),

        Flagged("BG1044", Settings("""[[|Option("cluster size")|]] public ulong Size { get; init; }""")),
        Clean("BG1044", Settings("""[Option("cluster_size")] public ulong Size { get; init; }""")),
        Edge("BG1044", Settings("""[[|Option("")|]] public ulong Size { get; init; }""")),
        Edge("BG1044", Settings("""[[|Option("size=")|]] public ulong Size { get; init; }""")),

        Flagged("BG1045", Settings(
            """
            [Option("size")] public ulong Size { get; init; }
            [[|Option("size")|]] public ulong Length { get; init; }
            """)),
        Clean("BG1045", Settings(
            """
            [Option("size")] public ulong Size { get; init; }
            [Option("length")] public ulong Length { get; init; }
            """)),
        Edge("BG1045", Settings(
            """
            [Option("size")] public ulong Size { get; init; }
            [Option("Size")] public ulong Length { get; init; }
            """)),
    ];

    private static string Settings(string options) =>
        $"[CreateOptions] public sealed partial record Settings {{ {options} }}";
}
