namespace BlockGen.Drivers.Tests.Requests;

/// <summary>Disks whose tables do not fit into memory.</summary>
public sealed class SmallTableCacheTests
{
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
