namespace BlockGen.Analyzers.Tests;

internal static class EntryFixCases
{
    public static IReadOnlyList<FixCase> All { get; } =
    [
        new("BG2001",
            Sample.Entry(Otherwise, "partial record struct [|Entry|](ulong Raw)"),
            Sample.Entry(Otherwise, "readonly partial record struct Entry(ulong Raw)")),
        new("BG2002",
            Sample.Entry(Otherwise, "readonly partial record struct [|Entry|](long Raw)"),
            Sample.Entry(Otherwise, "readonly partial record struct Entry(ulong Raw)")),
        new("BG2003",
            Sample.Entry(Unallocated, "readonly partial record struct [|Entry|](ulong Raw)"),
            Sample.Entry($"{Unallocated}\n{Otherwise}")),
        new("BG2003",
            Sample.Entry($"{Unallocated}\n{Table}", "readonly partial record struct [|Entry|](ulong Raw)"),
            Sample.Entry($"{Unallocated}\n{Table}\n[EntryIs(MappingKind.Table, Otherwise = true)]")),
        new("BG2003",
            Sample.Entry($"{Otherwise}\n[[|EntryIs(MappingKind.Zero, Otherwise = true)|]]"),
            Sample.Entry(Otherwise)),
        new("BG2003",
            Sample.Entry($"[[|EntryIs(MappingKind.Data, Otherwise = true)|]]\n{Unallocated}"),
            Sample.Entry($"{Unallocated}\n{Otherwise}")),
        new("BG2004",
            Sample.Entry($"{Unallocated}\n[[|EntryIs(MappingKind.Zero, Equal = 0)|]]\n{Otherwise}"),
            Sample.Entry($"{Unallocated}\n{Otherwise}")),
        new("BG2004",
            Sample.Entry(
                """
                [EntryIs(MappingKind.Zero, Mask = 1, Equal = 1), [|EntryIs(MappingKind.Unallocated, Equal = 3)|]]
                [EntryIs(MappingKind.Data, Otherwise = true)]
                """),
            Sample.Entry(
                """
                [EntryIs(MappingKind.Zero, Mask = 1, Equal = 1)]
                [EntryIs(MappingKind.Data, Otherwise = true)]
                """)),
        new("BG2018",
            Looked(Otherwise, mark: true),
            Looked($"{Unallocated}\n{Otherwise}", mark: false)),
        new("BG2018",
            Looked($"{Unallocated}\n[EntryIs(MappingKind.Zero, Equal = 1)]\n[EntryIs(MappingKind.Zero, Otherwise = true)]", mark: true),
            Looked($"{Unallocated}\n[EntryIs(MappingKind.Zero, Equal = 1)]\n{Otherwise}", mark: false)),
        new("BG2019",
            Looked($"{Unallocated}\n{Table}\n{Otherwise}", mark: true),
            Looked($"{Unallocated}\n{Otherwise}", mark: false)),
    ];

    private const string Unallocated = "[EntryIs(MappingKind.Unallocated, Equal = 0)]";
    private const string Table = "[EntryIs(MappingKind.Table, Equal = 1)]";
    private const string Otherwise = "[EntryIs(MappingKind.Data, Otherwise = true)]";

    private static string Looked(string lines, bool mark)
    {
        const string Lookup = "Lookup<Own>(Root = nameof(Head.Root))";
        return Sample.Lookup(mark ? $"[[|{Lookup}|]]" : $"[{Lookup}]")
            + "\n" + Sample.Entry(lines, "readonly partial record struct Own(ulong Raw)");
    }
}
