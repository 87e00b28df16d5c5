using System.Buffers.Binary;

namespace BlockGen.Interop.Tests;

/// <summary>
/// What we repair QEMU finds clean; where QEMU repairs the same damage, guests read the same afterwards.
/// </summary>
public sealed class RepairAgreementTests
{
    private const int ClusterBytes = 65536;
    private const int RootAt = ClusterBytes;
    private const int BlockBytes = 1 << 20;

    [Theory]
    [InlineData("none")]
    [InlineData("cluster outside")]
    [InlineData("cluster in the header")]
    [InlineData("cluster off its boundary")]
    [InlineData("table outside")]
    [InlineData("table off its boundary")]
    [InlineData("several clusters outside")]
    public async Task Qed_damage_that_qemu_repairs_too(string damage)
    {
        using TempFolder folder = new();
        string ours = await CreateQedAsync(folder, "ours.qed", damage);
        string theirs = await CreateQedAsync(folder, "theirs.qed", damage);
        await Qemu.RunAsync("qemu-img", "", "check", "-f", "qed", "-r", "all", theirs);
        await RepairAsync("qed", ours);
        await Qemu.CheckCleanAsync("qed", ours);
        string compared = await Qemu.ImgAsync("compare", "-f", "qed", "-F", "qed", ours, theirs);
        Assert.Contains("identical", compared, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("leak")]
    [InlineData("leaked tail")]
    [InlineData("two entries for one cluster")]
    [InlineData("two entries for one table")]
    public async Task Qed_damage_that_qemu_leaves(string damage)
    {
        using TempFolder folder = new();
        string ours = await CreateQedAsync(folder, "ours.qed", damage);
        string before = await CreateQedAsync(folder, "before.qed", damage);
        (int exitCode, _) = await Qemu.RunAsync("qemu-img", "", "check", "-f", "qed", "-r", "all", before);
        Assert.NotEqual(0, exitCode);
        await RepairAsync("qed", ours);
        await Qemu.CheckCleanAsync("qed", ours);
        string compared = await Qemu.ImgAsync("compare", "-f", "qed", "-F", "qed", ours, before);
        Assert.Contains("identical", compared, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_qed_cluster_that_shows_a_table_is_emptied()
    {
        using TempFolder folder = new();
        string file = await CreateQedAsync(folder, "disk.qed", "cluster in a leaf table");
        await RepairAsync("qed", file);
        await Qemu.CheckCleanAsync("qed", file);
        await Qemu.IoAsync(
            "qed", file, [$"read -P 0 {ClusterBytes} 64k", "read -P 1 0 64k", $"read -P 3 {2 * ClusterBytes} 64k"]);
    }

    [Theory]
    [InlineData("lost block")]
    [InlineData("count")]
    [InlineData("two entries for one block")]
    [InlineData("block outside")]
    public async Task Vdi_damage(string damage)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.vdi");
        await Qemu.ImgAsync("create", "-q", "-f", "vdi", file, "8M");
        await Qemu.IoAsync("vdi", file, [.. Enumerable.Range(0, 5).Select(i => $"write -P {i + 1} {i}M 1M")]);
        byte[] content = new byte[8 * BlockBytes];
        for (int i = 0; i < 5; i++)
        {
            content.AsSpan(i * BlockBytes, BlockBytes).Fill((byte)(i + 1));
        }

        byte[] bytes = await File.ReadAllBytesAsync(file);
        Span<byte> map = bytes.AsSpan(512);
        switch (damage)
        {
            case "lost block":
                BinaryPrimitives.WriteUInt32LittleEndian(map[4..], uint.MaxValue);
                content.AsSpan(BlockBytes, BlockBytes).Clear();
                break;
            case "count":
                bytes[388] = 7;
                break;
            case "two entries for one block":
                map[..4].CopyTo(map[28..]);
                content.AsSpan(0, BlockBytes).CopyTo(content.AsSpan(7 * BlockBytes));
                break;
            case "block outside":
                map[4] = 70;
                content.AsSpan(BlockBytes, BlockBytes).Clear();
                break;
        }

        await File.WriteAllBytesAsync(file, bytes);
        await RepairAsync("vdi", file);
        await Qemu.CheckCleanAsync("vdi", file);
        await Qemu.ExpectContentAsync("vdi", file, content);
        await Qemu.IoAsync("vdi", file, ["write -P 9 5M 2M", "read -P 9 5M 2M"]);
        await Qemu.CheckCleanAsync("vdi", file);
    }

    private static async Task RepairAsync(string format, string file)
    {
        await using Image image = await Disks.OpenAsync(format, file, new OpenOptions { IgnoreDirtyMark = true });
        RepairReport report = await image.RepairAsync(RepairKind.All, CancellationToken.None);
        Assert.True(report.Left.IsClean);
    }

    private static async Task<string> CreateQedAsync(TempFolder folder, string name, string damage)
    {
        string file = folder.File(name);
        await Qemu.ImgAsync("create", "-q", "-f", "qed", file, "8G");
        await Qemu.IoAsync(
            "qed", file, Enumerable.Range(0, 6).Select(i => $"write -P {i + 1} {i * ClusterBytes} 64k"));
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int table = (int)Peek(bytes, RootAt);
        (int at, ulong value) = damage switch
        {
            "leak" => (table + 8, 0UL),
            "cluster outside" or "several clusters outside" => (table + 8, 1UL << 40),
            "cluster in the header" => (table + 8, 512UL),
            "cluster off its boundary" => (table + 8, Peek(bytes, table + 8) + 512),
            "cluster in a leaf table" => (table + 8, (ulong)table),
            "two entries for one cluster" => (table + 8, Peek(bytes, table)),
            "table outside" => (RootAt + 8, 1UL << 40),
            "table off its boundary" => (RootAt + 8, (ulong)table + 8),
            "two entries for one table" => (RootAt + 8, (ulong)table),
            _ => (table, Peek(bytes, table)),
        };
        Poke(bytes, at, value);
        if (damage == "several clusters outside")
        {
            Poke(bytes, table + 24, 1UL << 41);
            Poke(bytes, table + 800, 1UL << 42);
        }

        if (damage == "leaked tail")
        {
            Array.Resize(ref bytes, bytes.Length + 3 * ClusterBytes);
        }

        await File.WriteAllBytesAsync(file, bytes);
        return file;
    }

    private static ulong Peek(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));

    private static void Poke(byte[] bytes, int at, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), value);
}
