using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class FormatListCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG1050", "[FormatList] public sealed partial class [|Formats|];"),
        Clean("BG1050", "[FormatList] public static partial class Formats;"),
        Edge("BG1050", "public static partial class Outer { [FormatList] private static partial class Formats; }"),

        Flagged("BG1051",
            Format("alpha", """[Magic("QFI\xfb")]""") + Format("beta", """[Magic("QFI\xfb")]""", hidden: true)),
        Clean("BG1051", Format("alpha", """[Magic("QFI\xfb")]""") + Format("beta", """[Magic("QED\0")]""")),
        Edge("BG1051", Format("alpha", "[Magic(0x44434241)]") + Format("beta", """[Magic("ABCD")]""", hidden: true)),
        Edge("BG1051", Format("alpha", """[Magic("ABCD")]""", "[Magic(1)]") + Format("beta", """[Magic("ABCD")]""")),
        Edge("BG1051",
            Format("alpha", """[Magic("ABCD")]""") + Format("beta", """[Magic("ABCD")]""", "[Magic(1)]", hidden: true)),
        Edge("BG1051", Format("alpha", "") + Format("beta", "")),
        Edge("BG1051", Format("alpha", "[Magic(1), Magic(2)]") + Format("beta", "[Magic(3), Magic(2)]", hidden: true)),
        Edge("BG1051", Format("alpha", "[Magic(1), Magic(2)]") + Format("beta", "[Magic(3), Magic(4)]")),
    ];

    private static string Format(string name, string first, string second = "", bool hidden = false)
    {
        string declaration = $"ImageFormat(\"{name}\", Header = typeof({name}.Header))";
        return $$"""
            namespace {{name}}
            {
                [DiskStruct(ByteOrder.Little)]
                public readonly partial record struct Header
                {
                    {{first}} public uint First { get; init; }
                    {{second}} public uint Second { get; init; }
                }

                [{{(hidden ? $"[|{declaration}|]" : declaration)}}]
                [IdentityLookup]
                public sealed partial class Image
                {
                    [GuestSize] private uint GuestSize => Header.Second;
                }
            }

            """;
    }
}
