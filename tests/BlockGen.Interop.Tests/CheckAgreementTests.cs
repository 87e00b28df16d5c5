using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BlockGen.Interop.Tests;

/// <summary>Both sides' checks of one damaged image count the same errors and leaks.</summary>
public sealed partial class CheckAgreementTests
{
    private const int ClusterBytes = 65536;
    private const int RootAt = ClusterBytes;

    public static TheoryData<string> QedDamages =>
        new(["none", "leak", "overlap", "out of bounds", "misaligned", "dangling table", "leaked tail"]);

    [Theory]
    [MemberData(nameof(QedDamages))]
    public async Task Damaged_qed(string damage)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qed");
        await Qemu.ImgAsync("create", "-q", "-f", "qed", file, "8M");
        await Qemu.IoAsync(
            "qed", file, [.. Enumerable.Range(0, 6).Select(i => $"write -P {i + 1} {i * ClusterBytes} 64k")]);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int table = (int)Peek(bytes, RootAt);
        switch (damage)
        {
            case "leak":
                Poke(bytes, table + 8, 0);
                break;
            case "overlap":
                Poke(bytes, table + 8, Peek(bytes, table));
                break;
            case "out of bounds":
                Poke(bytes, table + 8, 1UL << 40);
                break;
            case "misaligned":
                Poke(bytes, table + 8, Peek(bytes, table + 8) + 512);
                break;
            case "dangling table":
                Poke(bytes, RootAt + 8, 1UL << 40);
                break;
            case "leaked tail":
                Array.Resize(ref bytes, bytes.Length + 3 * ClusterBytes);
                break;
        }

        await File.WriteAllBytesAsync(file, bytes);
        await ExpectSameFindingsAsync("qed", file, expectClean: damage == "none");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("overlap")]
    [InlineData("count")]
    public async Task Damaged_vdi(string damage)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.vdi");
        await Qemu.ImgAsync("create", "-q", "-f", "vdi", file, "8M");
        await Qemu.IoAsync("vdi", file, ["write -P 1 0 3M"]);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        switch (damage)
        {
            case "overlap":
                bytes[512 + 4] = 0;
                break;
            case "count":
                bytes[388] = 7;
                break;
        }

        await File.WriteAllBytesAsync(file, bytes);
        await ExpectSameFindingsAsync("vdi", file, expectClean: damage == "none");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("out of bounds")]
    [InlineData("leaked tail")]
    public async Task Damaged_parallels(string damage)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.parallels");
        await Qemu.ImgAsync("create", "-q", "-f", "parallels", "-o", $"cluster_size={ClusterBytes}", file, "8M");
        await Qemu.IoAsync("parallels", file, ["write -P 1 0 300k"]);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        switch (damage)
        {
            case "out of bounds":
                // The last one, so that it leaves no leak in the middle, which QEMU does not look for.
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(64 + 4 * 4), 77);
                Array.Resize(ref bytes, bytes.Length - ClusterBytes);
                break;
            case "leaked tail":
                Array.Resize(ref bytes, bytes.Length + 3 * ClusterBytes);
                break;
        }

        await File.WriteAllBytesAsync(file, bytes);
        await ExpectSameFindingsAsync("parallels", file, expectClean: damage == "none");
    }

    private static async Task ExpectSameFindingsAsync(string format, string file, bool expectClean)
    {
        (_, string said) = await Qemu.RunAsync("qemu-img", "", "check", "-f", format, file);
        await using Image image = await Disks.OpenReadOnlyAsync(format, file);
        CheckReport report = await image.CheckAsync(CancellationToken.None);
        Assert.Equal(expectClean, said.Contains("No errors were found", StringComparison.Ordinal));
        Assert.Equal(expectClean, report.IsClean);
        string findings = $"{said}\n{string.Join('\n', report.Findings.Select(finding => finding.Message))}";
        Assert.True(Count(ErrorCount(), said) == report.Errors, findings);
        // QEMU does not look for lost blocks of VDI.
        Assert.True(format == "vdi" || Count(LeakCount(), said) == report.Leaks, findings);
    }

    private static ulong Count(Regex pattern, string said) =>
        pattern.Match(said) is { Success: true } match
            ? ulong.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex("(\\d+) errors were found")]
    private static partial Regex ErrorCount();

    [GeneratedRegex("(\\d+) leaked clusters were found")]
    private static partial Regex LeakCount();

    private static ulong Peek(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));

    private static void Poke(byte[] bytes, int at, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), value);
}
