using System.Buffers.Binary;

namespace BlockGen.Drivers.Tests.Formats;

/// <summary>Every class of damage is found and named.</summary>
public sealed class CheckTests
{
    private const int ClusterBytes = 4096;
    private const int RootAt = ClusterBytes;
    private const int DiskBytes = 4 << 20;

    private readonly List<(int At, ulong Value)> _pokes = [];

    [Fact]
    public async Task Space_that_nothing_maps_is_a_leak()
    {
        CheckReport report = await CheckQedAsync(table => Poke(table, 0));
        Assert.Equal(0UL, report.Errors);
        Assert.Equal(1UL, report.Leaks);
        Assert.False(report.IsClean);
    }

    [Fact]
    public async Task Two_entries_for_one_cluster_are_an_overlap()
    {
        CheckReport report = await CheckQedAsync((table, entries) => Poke(table, entries[1]));
        CheckFinding finding = Assert.Single(report.Findings);
        Assert.Equal(CheckProblem.Overlap, finding.Problem);
        Assert.Contains("QedL2Entry 1", finding.Message, StringComparison.Ordinal);
        Assert.Contains("is used by another entry too", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_past_the_end_is_dangling()
    {
        CheckReport report = await CheckQedAsync(_ => Poke(RootAt + 16, 1UL << 40));
        CheckFinding finding = Assert.Single(report.Findings);
        Assert.Equal(CheckProblem.Dangling, finding.Problem);
        Assert.Equal(new HostOffset(RootAt + 16), finding.Where);
        Assert.StartsWith(
            "QedL1Entry 2 at 0x1010 is 0x10000000000: is not between", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_past_the_end_is_out_of_bounds()
    {
        CheckReport report = await CheckQedAsync(table => Poke(table + 800, 1UL << 40));
        CheckFinding finding = Assert.Single(report.Findings);
        Assert.Equal(CheckProblem.OutOfBounds, finding.Problem);
        Assert.StartsWith("QedL2Entry 100 at", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_off_its_boundary_is_misaligned()
    {
        CheckReport report = await CheckQedAsync((table, entries) => Poke(table, entries[0] + 512));
        CheckFinding finding = Assert.Single(report.Findings);
        Assert.Equal(CheckProblem.Misaligned, finding.Problem);
        Assert.Contains("is not a multiple of 0x1000", finding.Message, StringComparison.Ordinal);
        Assert.Equal(1UL, report.Leaks);
    }

    [Fact]
    public async Task A_count_in_the_header_that_is_wrong_is_named()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("vdi", $"size={DiskBytes}");
        await using (Image image = await MemoryDisk.OpenAsync(storage, "vdi"))
        {
            await image.WriteAsync(0, new byte[1]);
        }

        Poke(388, 3);
        Apply(storage, sizeof(uint));
        await using Image damaged = await MemoryDisk.OpenAsync(storage, "vdi");
        CheckReport report = await damaged.CheckAsync(CancellationToken.None);
        CheckFinding finding = Assert.Single(report.Findings);
        Assert.Equal(CheckProblem.WrongCount, finding.Problem);
        Assert.Equal("BlocksAllocated at 0x184 is 3: the tables make it 1", finding.Message);
    }

    [Fact]
    public async Task A_sound_image_is_counted()
    {
        CheckReport report = await CheckQedAsync(_ => { });
        Assert.True(report.IsClean);
        Assert.Empty(report.Findings);
        Assert.Equal(DiskBytes / (ulong)ClusterBytes, report.TotalClusters);
        Assert.Equal(10UL, report.AllocatedClusters);
    }

    [Fact]
    public async Task A_check_changes_nothing()
    {
        MemoryStorage storage = await CreateQedAsync();
        CountingStorage counting = new(storage);
        await using Image image = await MemoryDisk.OpenAsync(counting, "qed", new OpenOptions { ReadOnly = true });
        await image.ExpectSoundAsync();
        Assert.Equal(0, counting.Requests(StorageOperation.Write));
    }

    private Task<CheckReport> CheckQedAsync(Action<int> damage) => CheckQedAsync((table, _) => damage(table));

    private async Task<CheckReport> CheckQedAsync(Action<int, ulong[]> damage)
    {
        MemoryStorage storage = await CreateQedAsync();
        byte[] bytes = storage.ToArray();
        int table = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(RootAt));
        ulong[] entries =
            [.. Enumerable.Range(0, 10).Select(
                i => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(table + 8 * i)))];
        damage(table, entries);
        Apply(storage, sizeof(ulong));
        await using Image image = await MemoryDisk.OpenAsync(storage, "qed", new OpenOptions { ReadOnly = true });
        return await image.CheckAsync(CancellationToken.None);
    }

    private static async Task<MemoryStorage> CreateQedAsync()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync(
            "qed", $"cluster_size={ClusterBytes},table_size=1,size={DiskBytes}");
        await using Image image = await MemoryDisk.OpenAsync(storage, "qed");
        await image.WriteAsync(0, RandomBytes(10 * ClusterBytes, 1));
        return storage;
    }

    private void Poke(int at, ulong value) => _pokes.Add((at, value));

    private void Apply(MemoryStorage storage, int size)
    {
        foreach ((int at, ulong value) in _pokes)
        {
            byte[] bytes = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            storage.Store((ulong)at, bytes.AsSpan(0, size));
        }
    }
}
