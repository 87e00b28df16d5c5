namespace BlockGen.Templates.Tests;

/// <summary>A mistake of an author: an edit of the template's driver.</summary>
/// <param name="Rule">The rule that must speak.</param>
/// <param name="Sound">Text that the driver has once.</param>
/// <param name="Mistaken">What stands there instead.</param>
/// <param name="IsFixed">Whether a code fix puts it right.</param>
public sealed record AuthorMistake(string Rule, string Sound, string Mistaken, bool IsFixed)
{
    /// <summary>Every mistake, each of another rule.</summary>
    public static IReadOnlyList<AuthorMistake> All { get; } =
    [
        Fixed("BG1001", "public readonly partial record struct DiskHeader", "public readonly record struct DiskHeader"),
        Unfixed("BG1004", "private ulong EntryCount =>", "private static int Fields => 0; private ulong EntryCount =>"),
        Fixed("BG1010", "public readonly partial record struct DiskHeader", "public partial record struct DiskHeader"),
        Unfixed("BG1013", "public uint NameOffset", "public decimal NameOffset"),
        Fixed("BG1015", "Size = 512)]", "Size = 24)]"),
        Fixed("BG1020", "[Magic(\"DISK\\0\\0\\0\\x1a\")]", "[Magic(\"DISK\")]"),
        Fixed("BG1023", "PowerOfTwo(Min = 1024, Max = 1 << 20)", "PowerOfTwo(Min = 1 << 20, Max = 1024)"),
        Fixed("BG1025", "AtMost(nameof(MappableBytes))", "AtMost(\"MapableBytes\")"),
        Unfixed("BG1026", "[PowerOfTwo(Min = 1024, Max = 1 << 20)]", "[AtMost(nameof(NameBytes))]"),
        Unfixed("BG1042", "public ulong Size { get; init; }", "public DateTime Size { get; init; }"),
        Fixed("BG2003", "[EntryIs(MappingKind.Table, Otherwise = true)]", "[EntryIs(MappingKind.Table, Equal = 2)]"),
        Fixed("BG2004", "[EntryIs(MappingKind.Zero, Equal = 1)]", "[EntryIs(MappingKind.Zero, Equal = 0)]"),
        Fixed("BG2011", "ImageFormat(\"disk\"", "ImageFormat(\"my disk\""),
        Fixed("BG2014", "Root = nameof(DiskHeader.RootOffset)", "Root = \"RootOfset\""),
        Fixed("BG2018", "[EntryIs(MappingKind.Data, Otherwise = true)]", "[EntryIs(MappingKind.Zero, Otherwise = true)]"),
        Fixed("BG2030", "[ClusterSize] ", ""),
        Fixed("BG2033", "[DataStart] private HostOffset", "[DataStart] private static HostOffset"),
        Fixed("BG2034", "WithSize(ulong bytes)", "WithSize(uint bytes)"),
        Fixed("BG2040", "Step.MarkDirty, ", ""),
        Fixed("BG2043", "Step.Leaf, Step.Flush, Step.Root", "Step.Root, Step.Flush, Step.Leaf"),
        Fixed("BG2044", "Step.Data, Step.Flush, Step.Leaf", "Step.Data, Step.Leaf"),
        Fixed("BG5010", "private ulong EntryCount => ClusterBytes", "internal ushort Named() => (ushort)NameBytes; private ulong EntryCount => ClusterBytes"),
    ];

    private static AuthorMistake Fixed(string rule, string sound, string mistaken) => new(rule, sound, mistaken, IsFixed: true);

    private static AuthorMistake Unfixed(string rule, string sound, string mistaken) => new(rule, sound, mistaken, IsFixed: false);
}
