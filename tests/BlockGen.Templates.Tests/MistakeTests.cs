namespace BlockGen.Templates.Tests;

/// <summary>Mistakes of an author: the build of a sound solution fails, and says which one it was.</summary>
[Collection(nameof(PackagedSolution))]
public sealed class MistakeTests(PackagedSolution solution)
{
    /// <summary>The rule that must speak, and an edit of the template's driver.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "BG1001", "public readonly partial record struct DiskHeader", "public readonly record struct DiskHeader" },
        { "BG1004", "private ulong EntryCount =>", "private static int Fields => 0; private ulong EntryCount =>" },
        { "BG1010", "public readonly partial record struct DiskHeader", "public partial record struct DiskHeader" },
        { "BG1013", "public uint NameOffset", "public decimal NameOffset" },
        { "BG1015", "Size = 512)]", "Size = 24)]" },
        { "BG1020", "[Magic(\"DISK\\0\\0\\0\\x1a\")]", "[Magic(\"DISK\")]" },
        { "BG1023", "PowerOfTwo(Min = 1024, Max = 1 << 20)", "PowerOfTwo(Min = 1 << 20, Max = 1024)" },
        { "BG1025", "AtMost(nameof(MappableBytes))", "AtMost(\"MapableBytes\")" },
        { "BG1026", "[PowerOfTwo(Min = 1024, Max = 1 << 20)]", "[AtMost(nameof(NameBytes))]" },
        { "BG1042", "public ulong Size { get; init; }", "public DateTime Size { get; init; }" },
        { "BG2003", "[EntryIs(MappingKind.Table, Otherwise = true)]", "[EntryIs(MappingKind.Table, Equal = 2)]" },
        { "BG2004", "[EntryIs(MappingKind.Zero, Equal = 1)]", "[EntryIs(MappingKind.Zero, Equal = 0)]" },
        { "BG2011", "ImageFormat(\"disk\"", "ImageFormat(\"my disk\"" },
        { "BG2014", "Root = nameof(DiskHeader.RootOffset)", "Root = \"RootTable\"" },
        { "BG2018", "[EntryIs(MappingKind.Data, Otherwise = true)]", "[EntryIs(MappingKind.Zero, Otherwise = true)]" },
        { "BG2030", "[ClusterSize] ", "" },
        { "BG2033", "[TableBytes] private uint TableBytes", "[TableBytes] private static uint TableBytes" },
        { "BG2034", "WithSize(ulong bytes)", "WithSize(long bytes)" },
        { "BG2040", "Step.MarkDirty, ", "" },
        { "BG2043", "Step.Leaf, Step.Flush, Step.Root", "Step.Root, Step.Flush, Step.Leaf" },
        { "BG2044", "Step.Data, Step.Flush, Step.Leaf", "Step.Data, Step.Leaf" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task The_build_fails_with_the_rule(string rule, string sound, string mistaken)
    {
        string file = Directory.GetFiles(solution.DriverFolder, "*.cs")
            .Single(path => File.ReadAllText(path).Contains(sound, StringComparison.Ordinal));
        string text = await File.ReadAllTextAsync(file);
        try
        {
            await File.WriteAllTextAsync(file, text.Replace(sound, mistaken, StringComparison.Ordinal));
            (int exitCode, string output) = await solution.Dotnet.RunAsync(
                solution.DriverFolder, "build", "-c", "Release", "--no-restore");
            Assert.NotEqual(0, exitCode);
            Assert.Contains($"error {rule}:", output, StringComparison.Ordinal);
        }
        finally
        {
            await File.WriteAllTextAsync(file, text);
        }
    }
}
