namespace BlockGen.Analyzers.Tests;

internal static class OptionFixCases
{
    public static IReadOnlyList<FixCase> All { get; } =
    [
        new("BG1040",
            "[CreateOptions] public partial record [|Settings|];",
            "[CreateOptions] public sealed partial record Settings;"),
        new("BG1040",
            "[CreateOptions] internal sealed partial class [|Settings|];",
            "[CreateOptions] internal sealed partial record Settings;"),
        new("BG1041",
            "[CreateOptions] public sealed partial record [|Settings|] { public required ulong Size { get; init; } }",
            "[CreateOptions] public sealed partial record Settings { public ulong Size { get; init; } }"),
        new("BG1042",
            Settings(
                """[Option("a")] public int [|A|] { get; init; } = 5; [Option("b")] public int? [|B|] { get; init; }"""),
            Settings("""[Option("a")] public uint A { get; init; } = 5; [Option("b")] public ulong? B { get; init; }""")),
        new("BG1043",
            Settings("""[Option("size")] public ulong [|Size|] => 512;"""),
            Settings("""[Option("size")] public ulong Size { get; init; } = 512;""")),
        new("BG1043",
            Settings("""[Option("size")] public static ulong [|Size|] { get; set; } [Option("a")] public bool [|A|] { get; }"""),
            Settings("""[Option("size")] public ulong Size { get; set; } [Option("a")] public bool A { get; init; }""")),
        new("BG1044",
            Settings("""[[|Option("cluster size=")|]] public ulong Size { get; init; }"""),
            Settings("""[Option("cluster_size")] public ulong Size { get; init; }""")),
        new("BG1044",
            Settings("""[[|Option("")|]] public ulong ClusterSize { get; init; }"""),
            Settings("""[Option("cluster_size")] public ulong ClusterSize { get; init; }""")),
        new("BG1050",
            "[FormatList] public sealed partial class [|Formats|];",
            "[FormatList] public static partial class Formats;"),
    ];

    private static string Settings(string options) =>
        $"[CreateOptions] public sealed partial record Settings {{ {options} }}";
}
