namespace BlockGen.Drivers.Tests.Hostile;

/// <summary>Table entries that point at headers, tables, each other, nowhere and past everything.</summary>
public sealed class HostileTableTests
{
    private const int ClusterBytes = 4096;
    private const int RootAt = ClusterBytes;
    private const int DiskBytes = 4 << 20;

    public static TheoryData<ulong> Places => new(
        [1, 2, 511, 512, 4095, RootAt, RootAt + 1, RootAt + 8, 3 * ClusterBytes, 1 << 30, 1UL << 40,
         (1UL << 63) - ClusterBytes, 1UL << 63, ulong.MaxValue - 4095, ulong.MaxValue]);

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_root_entry_that_points_anywhere(ulong place)
    {
        Victim victim = await CreateAsync("qed", "cluster_size=4096,table_size=1");
        victim.Poke(RootAt, 8, place);
        await UseAndCheckAsync(victim, "QedL1Entry 0", place, RootAt);
        victim.Poke(RootAt + 8, 8, place);
        await victim.UseAsync();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_leaf_entry_that_points_anywhere(ulong place)
    {
        Victim victim = await CreateAsync("qed", "cluster_size=4096,table_size=1");
        int table = (int)victim.Peek(RootAt);
        victim.Poke(table, 8, place);
        if (place > 1)
        {
            await UseAndCheckAsync(victim, "QedL2Entry 0", place, table);
        }

        victim.Poke(table + 8, 8, place);
        await victim.UseAsync();
    }

    [Fact]
    public async Task Every_root_entry_points_at_one_table()
    {
        Victim victim = await CreateAsync("qed", "cluster_size=4096,table_size=1");
        ulong table = victim.Peek(RootAt);
        for (int at = RootAt; at < RootAt + ClusterBytes; at += 8)
        {
            victim.Poke(at, 8, table);
        }

        await victim.UseAsync();
        await using Image image = await MemoryDisk.OpenAsync(new MemoryStorage(victim.Bytes), "qed");
        CheckReport report = await image.CheckAsync(CancellationToken.None);
        Assert.Equal(511UL, report.Errors);
        Assert.All(report.Findings, finding => Assert.Equal(CheckProblem.Overlap, finding.Problem));
    }

    [Theory]
    [InlineData(0xfffffffdU)]
    [InlineData(0x80000000U)]
    [InlineData(100U)]
    [InlineData(4U)]
    public async Task A_block_that_is_not_in_the_file(uint block)
    {
        Victim victim = await CreateAsync("vdi", "");
        victim.Poke(512, 4, block);
        IReadOnlyList<ImageException> errors = await victim.UseAsync();
        Assert.Contains(
            errors, error => error.Message.Contains("at offset 0x200: VdiMapEntry 0 is", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0xffffffffU)]
    [InlineData(0x80000000U)]
    [InlineData(100U)]
    public async Task A_cluster_that_is_not_in_the_file(uint cluster)
    {
        Victim victim = await CreateAsync("parallels", "cluster_size=65536");
        victim.Poke(64, 4, cluster);
        IReadOnlyList<ImageException> errors = await victim.UseAsync();
        Assert.Contains(
            errors, error => error.Message.Contains("at offset 0x40: ParallelsEntry 0 is", StringComparison.Ordinal));
    }

    private static Task<Victim> CreateAsync(string format, string options) =>
        Victim.CreateAsync(new ImageRecipe(MemoryDisk.Formats.Find(format), options), DiskBytes);

    private static async Task UseAndCheckAsync(Victim victim, string entry, ulong place, int at)
    {
        IReadOnlyList<ImageException> errors = await victim.UseAsync();
        bool isImpossible = place % ClusterBytes != 0
            || place is < ClusterBytes or RootAt
            || place >= (ulong)victim.Bytes.Length;
        if (isImpossible)
        {
            string expected =
                $"victim: at offset 0x{at:x}: {entry} is 0x{place:x}: is not a multiple of 0x1000 between";
            Assert.Contains(errors, error => error.Message.StartsWith(expected, StringComparison.Ordinal));
        }

        await using Image image = await MemoryDisk.OpenAsync(new MemoryStorage(victim.Bytes), "qed");
        CheckReport report = await image.CheckAsync(CancellationToken.None);
        Assert.True(report.Errors > 0);
        Assert.True(
            !isImpossible || report.Findings[0].Message.Contains(
                $"{entry} at 0x{at:x} is 0x{place:x}", StringComparison.Ordinal));
    }
}
