using System.Buffers.Binary;
using System.Text;

namespace BlockGen.Drivers.Tests.Formats;

/// <summary>Parallels images of both kinds, and what their headers ask of whoever opens them.</summary>
public sealed class ParallelsTests
{
    private const int ClusterBytes = 4096;
    private const int DiskBytes = 1 << 20;
    private const int TracksAt = 28;
    private const int EntryCountAt = 32;
    private const int SectorCountAt = 36;
    private const int InUseAt = 44;
    private const int DataSectorAt = 48;
    private const int FlagsAt = 52;
    private const int ExtensionAt = 56;
    private const int TableAt = 64;
    private const uint Open = 0x746F6E59;
    private const uint Closed = 0x312E3276;
    private const uint ClosedByOldSoftware = 0;

    private static readonly OpenOptions s_readOnly = new() { ReadOnly = true };

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Entries_of_old_images_count_sectors_from_wherever_clusters_begin(uint dataSector)
    {
        MemoryStorage storage = await CreateOldAsync(dataSector);
        GuestModel model = new(new byte[DiskBytes], new Random(1), 50_000);
        await using (Image image = await MemoryDisk.OpenAsync(storage, "parallels"))
        {
            await model.RunAsync(image, 100);
            await image.ExpectSoundAsync();
        }

        uint first = dataSector == 0 ? (TableAt + DiskBytes / ClusterBytes * sizeof(uint) + 511) / 512 : dataSector;
        uint[] entries = [.. Enumerable.Range(0, DiskBytes / ClusterBytes).Select(i => Peek(storage, TableAt + 4 * i))];
        Assert.Contains(entries, entry => entry > first);
        Assert.All(entries.Where(entry => entry != 0), entry =>
            Assert.Equal(0U, (entry - first) % (ClusterBytes / 512)));
        await using Image again = await MemoryDisk.OpenAsync(storage, "parallels");
        await again.ExpectContentAsync(model.Expected);
        await again.ExpectSoundAsync();
    }

    [Fact]
    public async Task A_cluster_off_the_grid_of_an_old_image_is_told_from_where_it_counts()
    {
        MemoryStorage storage = await CreateOldAsync(dataSector: 3);
        Poke(storage, TableAt, 4);
        await storage.SetLengthAsync(1 << 20, CancellationToken.None);
        await using Image image = await MemoryDisk.OpenAsync(storage, "parallels");
        CorruptImageException error = await Assert.ThrowsAsync<CorruptImageException>(() => image.ReadAsync(0, 10));
        Assert.Equal(new HostOffset(TableAt), error.Offset);
        Assert.Contains(
            "ParallelsEntry 0 is 0x800: is not a multiple of 0x1000 after 0x600 between",
            error.Message,
            StringComparison.Ordinal);
        CheckReport report = await image.CheckAsync(CancellationToken.None);
        Assert.Equal(CheckProblem.Misaligned, Assert.Single(report.Findings).Problem);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_low_half_of_an_old_image_s_size_counts(bool isOld)
    {
        MemoryStorage storage = isOld ? await CreateOldAsync(dataSector: 0) : await CreateAsync();
        Poke(storage, SectorCountAt + 4, 1);
        if (isOld)
        {
            await using Image image = await MemoryDisk.OpenAsync(storage, "parallels");
            Assert.Equal((ulong)DiskBytes, image.Length);
            return;
        }

        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => MemoryDisk.OpenAsync(storage, "parallels"));
        Assert.Contains("the tables map 256 clusters", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<bool, uint, string> DataSectors => new()
    {
        { false, 0, "is less than LeastDataSector (3)" },
        { false, 2, "is less than LeastDataSector (3)" },
        { false, 9, "is not a multiple of DataSectorUnit (8)" },
        { true, 2, "is less than LeastDataSector (3)" },
    };

    [Theory]
    [MemberData(nameof(DataSectors))]
    public async Task Clusters_begin_after_the_table_and_in_new_images_on_a_cluster(
        bool isOld, uint dataSector, string problem)
    {
        MemoryStorage storage = isOld ? await CreateOldAsync(dataSector) : await CreateAsync();
        Poke(storage, DataSectorAt, dataSector);
        await ExpectRefusedAsync(storage, DataSectorAt, problem);
    }

    [Theory]
    [InlineData(TracksAt, 63, "is not a power of two from 1 to 2097152")]
    [InlineData(TracksAt, 1 << 22, "is not a power of two from 1 to 2097152")]
    [InlineData(EntryCountAt, 1 << 29, "is more than 536870911")]
    [InlineData(InUseAt, 1, "is not one of 0, 1953459801, 825111158")]
    [InlineData(0, 0, "is none of \"WithoutFreeSpace\", \"WithouFreSpacExt\"")]
    public async Task A_header_that_breaks_a_rule_is_refused(int at, uint value, string problem)
    {
        MemoryStorage storage = await CreateAsync();
        Poke(storage, at, value);
        await ExpectRefusedAsync(storage, at, problem);
    }

    [Fact]
    public async Task An_image_is_marked_open_from_the_first_table_on_and_closed_at_the_end()
    {
        MemoryStorage storage = await CreateAsync();
        Assert.Equal(ClosedByOldSoftware, Peek(storage, InUseAt));
        await using (Image image = await MemoryDisk.OpenAsync(storage, "parallels"))
        {
            Assert.False(image.IsDirty);
            Assert.Equal(ClosedByOldSoftware, Peek(storage, InUseAt));
            await image.WriteAsync(0, new byte[] { 1 });
            await image.FlushAsync();
            Assert.Equal(Open, Peek(storage, InUseAt));
            Assert.True(image.IsDirty);
        }

        Assert.Equal(Closed, Peek(storage, InUseAt));
        Poke(storage, InUseAt, Open);
        await using (Image image = await MemoryDisk.OpenAsync(storage, "parallels", s_readOnly))
        {
            Assert.True(image.IsDirty);
        }

        // Opening for writing has checked it.
        await using Image again = await MemoryDisk.OpenAsync(storage, "parallels");
        Assert.Equal(Closed, Peek(storage, InUseAt));
    }

    [Fact]
    public async Task A_marked_image_with_errors_is_not_written()
    {
        MemoryStorage storage = await CreateAsync();
        Poke(storage, InUseAt, Open);
        Poke(storage, TableAt, 99);
        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => MemoryDisk.OpenAsync(storage, "parallels"));
        Assert.Contains("was not closed cleanly and has 1 errors", error.Message, StringComparison.Ordinal);
        Assert.Equal(Open, Peek(storage, InUseAt));
    }

    [Fact]
    public async Task An_image_with_an_extension_is_read_and_never_written()
    {
        MemoryStorage storage = await CreateAsync();
        await using (Image image = await MemoryDisk.OpenAsync(storage, "parallels"))
        {
            await image.WriteAsync(0, RandomBytes(5000, 1));
        }

        // The extension is a cluster that no entry names.
        uint extension = (uint)(storage.Length / 512);
        await storage.SetLengthAsync(storage.Length + ClusterBytes, CancellationToken.None);
        Poke(storage, ExtensionAt, extension);
        byte[] before = storage.ToArray();
        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => MemoryDisk.OpenAsync(storage, "parallels"));
        Assert.Equal(
            $"disk.parallels: has a format extension, at sector {extension}, that would not be kept up: "
            + "it can only be opened read-only",
            error.Message);
        await using Image reader = await MemoryDisk.OpenAsync(storage, "parallels", s_readOnly);
        Assert.Equal(RandomBytes(5000, 1), await reader.ReadAsync(0, 5000));
        await reader.ExpectSoundAsync();
        Assert.Equal(before, storage.ToArray());
    }

    [Fact]
    public async Task The_empty_bit_is_cleared_before_something_is_written_and_kept_by_readers()
    {
        MemoryStorage storage = await CreateAsync();
        Poke(storage, FlagsAt, 1);
        await using (await MemoryDisk.OpenAsync(storage, "parallels", s_readOnly))
        {
            Assert.Equal(1U, Peek(storage, FlagsAt));
        }

        await using Image image = await MemoryDisk.OpenAsync(storage, "parallels");
        Assert.Equal(0U, Peek(storage, FlagsAt));
    }

    [Fact]
    public async Task Clusters_of_entries_past_the_disk_s_end_are_not_taken_again()
    {
        // The table has more entries than the disk needs, and one of them has the last cluster of the file.
        MemoryStorage storage = await CreateAsync();
        await using (Image image = await MemoryDisk.OpenAsync(storage, "parallels"))
        {
            await image.WriteAsync(0, new byte[] { 1 });
            await image.WriteAsync(DiskBytes - 1, new byte[] { 2 });
        }

        Poke(storage, SectorCountAt, (DiskBytes - ClusterBytes) / 512);
        uint last = Peek(storage, TableAt + 4 * (DiskBytes / ClusterBytes - 1));
        await using (Image image = await MemoryDisk.OpenAsync(storage, "parallels"))
        {
            await image.WriteAsync(ClusterBytes, new byte[] { 3 });
            await image.ExpectSoundAsync();
        }

        Assert.Equal(last + 1, Peek(storage, TableAt + 4));
        Assert.Equal(2, storage.ToArray()[(last + 1) * ClusterBytes - 1]);
    }

    [Theory]
    [InlineData("cluster_size=64512,size=1M", "cluster_size = 64512 is not a power of two from 512 to 1073741824")]
    [InlineData("cluster_size=0,size=1M", "cluster_size = 0 is not a power of two from 512 to 1073741824")]
    [InlineData("cluster_size=2G,size=1M", "cluster_size = 2147483648 is not a power of two from 512 to 1073741824")]
    [InlineData("cluster_size=512,size=256G", "size = 274877906944 is too large for clusters of 512 bytes")]
    public async Task What_cannot_be_created_is_said_by_name(string options, string problem)
    {
        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => MemoryDisk.CreateAsync("parallels", options));
        Assert.Equal(problem, error.Message);
    }

    private static Task<MemoryStorage> CreateAsync() =>
        MemoryDisk.CreateAsync("parallels", $"cluster_size={ClusterBytes},size={DiskBytes}");

    /// <summary>An image whose entries count sectors, as old software made them.</summary>
    private static async Task<MemoryStorage> CreateOldAsync(uint dataSector)
    {
        MemoryStorage storage = await CreateAsync();
        storage.Store(0, Encoding.ASCII.GetBytes("WithoutFreeSpace"));
        Poke(storage, DataSectorAt, dataSector);
        await storage.SetLengthAsync(TableAt + DiskBytes / ClusterBytes * sizeof(uint), CancellationToken.None);
        return storage;
    }

    private static async Task ExpectRefusedAsync(MemoryStorage storage, int at, string problem)
    {
        CorruptImageException error = await Assert.ThrowsAsync<CorruptImageException>(
            () => MemoryDisk.OpenAsync(storage, "parallels", s_readOnly));
        Assert.Equal(new HostOffset((ulong)at), error.Offset);
        Assert.EndsWith(problem, error.Message, StringComparison.Ordinal);
    }

    private static uint Peek(MemoryStorage storage, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(storage.ToArray().AsSpan(at));

    private static void Poke(MemoryStorage storage, int at, uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        storage.Store((ulong)at, bytes);
    }
}
