namespace BlockGen.Drivers.Tests.Snapshots;

/// <summary>Snapshots inside an image: the disk as it was, whatever is written afterwards.</summary>
public sealed class SnapshotTests
{
    private const int DiskBytes = 2 << 20;
    private const string Shape = "size=2M,cluster_size=4k";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_disk_is_shown_and_given_back_as_it_was(int seed)
    {
        Random random = new(seed);
        MemoryStorage storage = await MemoryDisk.CreateAsync("qcow2", Shape);
        byte[] before;
        byte[] after;
        string id;
        await using (Image image = await MemoryDisk.OpenAsync(storage, "qcow2"))
        {
            IImageSnapshots snapshots = Assert.IsAssignableFrom<IImageSnapshots>(image.Snapshots);
            await ScribbleAsync(image, random);
            before = await ReadAsync(image);
            id = (await snapshots.CreateAsync("first", CancellationToken.None)).Id;
            await ScribbleAsync(image, random);
            after = await ReadAsync(image);
            await snapshots.CreateAsync("second", CancellationToken.None);
            Assert.True((await image.CheckAsync(CancellationToken.None)).IsClean);
        }

        OpenOptions shown = new() { ReadOnly = true, Snapshot = new SnapshotName(null, "first") };
        await using (Image image = await MemoryDisk.OpenAsync(storage, "qcow2", shown))
        {
            Assert.Equal(before, await ReadAsync(image));
        }

        await using (Image image = await MemoryDisk.OpenAsync(storage, "qcow2"))
        {
            IImageSnapshots snapshots = image.Snapshots!;
            Assert.Equal(after, await ReadAsync(image));
            await snapshots.ApplyAsync(id, CancellationToken.None);
            Assert.Equal(before, await ReadAsync(image));
            Assert.True((await image.CheckAsync(CancellationToken.None)).IsClean);
            await ScribbleAsync(image, random);
            foreach (ImageSnapshot snapshot in await snapshots.ListAsync(CancellationToken.None))
            {
                await snapshots.DeleteAsync(snapshot.Id, CancellationToken.None);
            }

            Assert.Empty(await snapshots.ListAsync(CancellationToken.None));
            Assert.True((await image.CheckAsync(CancellationToken.None)).IsClean);
        }
    }

    [Fact]
    public async Task A_snapshot_that_is_not_there_is_told()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("qcow2", Shape);
        OpenOptions options = new() { ReadOnly = true, Snapshot = SnapshotName.IdOrName("none") };
        await Assert.ThrowsAsync<SnapshotException>(() => MemoryDisk.OpenAsync(storage, "qcow2", options));
        MemoryStorage raw = new(DiskBytes);
        await using Image image = await MemoryDisk.OpenAsync(raw, "raw");
        Assert.Null(image.Snapshots);
    }

    private static async Task ScribbleAsync(Image image, Random random)
    {
        for (int i = 0; i < 12; i++)
        {
            byte[] data = new byte[random.Next(1, 40_000)];
            random.NextBytes(data);
            ulong at = (ulong)random.Next(DiskBytes - data.Length);
            await image.WriteAsync(new GuestOffset(at), data, CancellationToken.None);
        }

        await image.DiscardAsync(new GuestRange(64 << 10, 64 << 10), CancellationToken.None);
        await image.FlushAsync(CancellationToken.None);
    }

    private static async Task<byte[]> ReadAsync(Image image)
    {
        byte[] disk = new byte[DiskBytes];
        await image.ReadAsync(new GuestOffset(0), disk, CancellationToken.None);
        return disk;
    }
}
