using static BlockGen.Analyzers.Tests.RuleCase;

namespace BlockGen.Analyzers.Tests;

internal static class DeclarationCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Flagged("BG1001",
            "[DiskStruct(ByteOrder.Little)] public readonly record struct [|Header|] { public uint A { get; init; } }"),
        Flagged("BG1001", "[CreateOptions] public sealed record [|Settings|];"),
        Flagged("BG1001", "[FormatList] public static class [|Formats|];"),
        Flagged("BG1001", Sample.Entry(
            "[EntryIs(MappingKind.Data, Otherwise = true)]", "readonly record struct [|Entry|](ulong Raw)")),
        Clean("BG1001", Sample.Struct("public uint A { get; init; }")),
        Edge("BG1001",
            """
            public static class Outer
            {
                [DiskStruct(ByteOrder.Little)]
                public readonly partial record struct [|Header|] { public uint A { get; init; } }
            }
            """),

        Flagged("BG1002",
            """
            [DiskStruct(ByteOrder.Little)]
            public readonly partial record struct [|Header|]<T> { public uint A { get; init; } }
            """),
        Clean("BG1002",
            """
            public static partial class Outer
            {
                [DiskStruct(ByteOrder.Little)]
                public readonly partial record struct Header { public uint A { get; init; } }
            }
            """),
        Edge("BG1002", "[FormatList] file static partial class [|Formats|];"),
        Edge("BG1002",
            "public static partial class Outer<T> { [FormatList] public static partial class [|Formats|]; }"),

        Flagged("BG1003",
            """
            [DiskStruct(ByteOrder.Little), TableEntry(ByteOrder.Little), EntryIs(MappingKind.Data, Otherwise = true)]
            public readonly partial record struct [|Both|](ulong Raw);
            """),
        Clean("BG1003", "[DiskStruct(ByteOrder.Little)] public readonly partial record struct Number(ulong Raw);"),
        Edge("BG1003",
            """
            [Elsewhere.DiskStruct, TableEntry(ByteOrder.Little), EntryIs(MappingKind.Data, Otherwise = true)]
            public readonly partial record struct Entry(ulong Raw);

            namespace Elsewhere
            {
                public sealed class DiskStructAttribute : Attribute;
            }
            """),

        Flagged("BG1004", Sample.Struct("public uint A { get; init; } public static int [|Size|] => 4;")),
        Flagged("BG1004", Sample.Entry(
            "[EntryIs(MappingKind.Data, Otherwise = true)]",
            "readonly partial record struct Entry(ulong Raw) { public int [|Kind|] => 0; }")),
        Flagged("BG1004", "[FormatList] public static partial class Formats { private static int [|All|] => 0; }"),
        Clean("BG1004", Sample.Struct("public uint A { get; init; } public int Sized => Size;")),
        Edge("BG1004",
            Sample.Struct("public uint A { get; init; } public void Write(string path) => Console.Write(path);")),
        Edge("BG1004", Sample.Struct("public uint A { get; init; } public void [|Validate|]() { }")),
    ];
}
