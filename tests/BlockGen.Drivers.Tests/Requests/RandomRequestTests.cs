namespace BlockGen.Drivers.Tests.Requests;

/// <summary>
/// Random requests against every shape of every format, compared with plain bytes, with reopening between.
/// </summary>
public sealed class RandomRequestTests
{
    private const int RoundCount = 4;
    private const int OperationCount = 150;

    public static TheoryData<string, string> Shapes
    {
        get
        {
            TheoryData<string, string> shapes = new() { { "raw", "" }, { "vdi", "" }, { "vdi", "static=on," } };
            for (int clusterBits = 12; clusterBits <= 21; clusterBits++)
            {
                foreach (int tableSize in (int[])[1, 2, 16])
                {
                    shapes.Add("qed", $"cluster_size={1 << clusterBits},table_size={tableSize},");
                }
            }

            foreach (int clusterSize in (int[])[512, 4096, 65536, 1 << 20, 4 << 20])
            {
                shapes.Add("parallels", $"cluster_size={clusterSize},");
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_disk_holds_what_was_written(string format, string options)
    {
        const int diskBytes = (5 << 20) + 512;
        MemoryStorage storage = await MemoryDisk.CreateAsync(format, $"{options}size={diskBytes}");
        GuestModel model = new(new byte[diskBytes], new Random(options.Length), 300_000);
        for (int round = 0; round < RoundCount; round++)
        {
            await using Image image = await MemoryDisk.OpenAsync(storage, format);
            await image.ExpectContentAsync(model.Expected);
            await model.RunAsync(image, OperationCount);
            await image.ExpectSoundAsync();
        }

        await using Image last = await MemoryDisk.OpenAsync(storage, format, new OpenOptions { ReadOnly = true });
        Assert.False(last.IsDirty);
        await last.ExpectContentAsync(model.Expected);
    }

    [Theory]
    [InlineData(4096, 1, 3 << 20)]
    [InlineData(4096, 2, (6 << 20) + 1234)]
    [InlineData(65536, 4, 1 << 20)]
    [InlineData(1 << 20, 1, (4 << 20) + 77)]
    [InlineData(2 << 20, 2, 0)]
    public async Task An_overlay_holds_what_was_written_over_its_backing(
        int clusterSize, int tableSize, int backingBytes)
    {
        const int diskBytes = (5 << 20) + 512;
        byte[] below = MemoryDisk.RandomBytes(backingBytes, clusterSize);
        byte[] expected = new byte[diskBytes];
        below.AsSpan(0, Math.Min(diskBytes, backingBytes)).CopyTo(expected);
        string options = $"cluster_size={clusterSize},table_size={tableSize},size={diskBytes}";
        MemoryStorage storage = await MemoryDisk.CreateAsync("qed", options, new BackingLink("below", "raw"));
        GuestModel model = new(expected, new Random(tableSize), 300_000);
        for (int round = 0; round < RoundCount; round++)
        {
            await using Image image = await MemoryDisk.OpenOverAsync(storage, "qed", below);
            await image.ExpectContentAsync(model.Expected);
            await model.RunAsync(image, OperationCount);
            await image.ExpectSoundAsync();
        }
    }

    [Fact]
    public async Task A_table_cache_that_is_too_small_only_costs_reads()
    {
        // A table of one page maps 32 MiB, so that writes all over the disk need 128 of them: eight times the cache.
        const ulong diskBytes = 4UL << 30;
        const int writeCount = 600;
        CountingStorage storage = new(
            await MemoryDisk.CreateAsync("qed", $"cluster_size=4096,table_size=16,size={diskBytes}"));
        Random random = new(1);
        Dictionary<ulong, ulong> written = [];
        await using (
            Image image = await MemoryDisk.OpenAsync(storage, "qed", new OpenOptions { TableCacheBytes = 1 << 20 }))
        {
            for (int i = 0; i < writeCount; i++)
            {
                ulong sector = (ulong)random.NextInt64((long)diskBytes / 512);
                written[sector] = (ulong)i;
                byte[] bytes = new byte[512];
                BitConverter.TryWriteBytes(bytes, (ulong)i);
                await image.WriteAsync(new GuestOffset(sector * 512), bytes, CancellationToken.None);
                TableCache tables = ((MappedImage)image).Tables;
                Assert.InRange(tables.ResidentBytes, 0UL, 4UL << 20);
            }

            long reads = storage.Requests(StorageOperation.Read);
            foreach ((ulong sector, ulong value) in written)
            {
                byte[] bytes = new byte[8];
                await image.ReadAsync(new GuestOffset(sector * 512), bytes, CancellationToken.None);
                Assert.Equal(value, BitConverter.ToUInt64(bytes));
            }

            // One read each for the data; what is more went to tables that had been evicted.
            Assert.True(storage.Requests(StorageOperation.Read) - reads > written.Count + 100);
            Assert.InRange(((MappedImage)image).Tables.ResidentBytes, 0UL, 1UL << 20);
            await image.ExpectSoundAsync();
        }

        await using Image again = await MemoryDisk.OpenAsync(storage, "qed");
        await again.ExpectSoundAsync();
    }
}
