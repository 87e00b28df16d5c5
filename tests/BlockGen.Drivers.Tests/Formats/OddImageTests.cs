using System.Buffers.Binary;

namespace BlockGen.Drivers.Tests.Formats;

/// <summary>Images that are legal and that our own creation never makes.</summary>
public sealed class OddImageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(70_001)]
    public async Task A_raw_file_may_end_inside_a_sector(int length)
    {
        byte[] bytes = RandomBytes(length, 1);
        MemoryStorage storage = new(bytes, "odd");
        await using Image image = await MemoryDisk.OpenAsync(storage, "raw");
        Assert.Equal((ulong)length, image.Length);
        await image.ExpectContentAsync(bytes);
        await image.WriteAsync(length - 1, new byte[] { 7 });
        bytes[^1] = 7;
        await image.ExpectContentAsync(bytes);
        Assert.Equal((ulong)length, storage.Length);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData((1 << 20) + 1)]
    public async Task A_vdi_disk_may_end_inside_a_sector(int length)
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("vdi", "size=2M");
        byte[] size = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(size, (ulong)length);
        storage.Store(0x170, size);
        byte[] bytes = RandomBytes(length, 1);
        await using (Image image = await MemoryDisk.OpenAsync(storage, "vdi"))
        {
            Assert.Equal((ulong)length, image.Length);
            await image.WriteAsync(0, bytes);
            await image.ExpectContentAsync(bytes);
            await image.ZeroAsync(length - 1, 1);
            await image.ExpectSoundAsync();
        }

        bytes[^1] = 0;
        await using Image again = await MemoryDisk.OpenAsync(storage, "vdi");
        await again.ExpectContentAsync(bytes);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_qed_header_may_have_many_clusters(int headerClusters)
    {
        const int clusterBytes = 4096;
        MemoryStorage plain = await MemoryDisk.CreateAsync("qed", $"cluster_size={clusterBytes},table_size=1,size=4M");
        byte[] bytes = new byte[(headerClusters + 1) * clusterBytes];
        plain.ToArray().AsSpan(0, clusterBytes).CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)headerClusters);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), (ulong)(headerClusters * clusterBytes));
        MemoryStorage storage = new(bytes, "odd");
        byte[] content = new byte[4 << 20];
        string name = new('n', clusterBytes);
        GuestModel model = new(content, new Random(1), 50_000);
        await using (Image image = await MemoryDisk.OpenAsync(storage, "qed"))
        {
            await model.RunAsync(image, 100);
            await image.ExpectSoundAsync();
            await image.RewriteBackingLinkAsync(new BackingLink(name, "raw"), CancellationToken.None);
        }

        await using Image again = await MemoryDisk.OpenAsync(storage, "qed", new OpenOptions { OpenBacking = false });
        Assert.Equal(name, again.BackingLink!.Name);
        await again.ExpectContentAsync(content);
        await again.ExpectSoundAsync();
        BackingLink tooLong = new(new string('n', headerClusters * clusterBytes), null);
        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => again.RewriteBackingLinkAsync(tooLong, CancellationToken.None).AsTask());
        Assert.Contains("no room for the backing file name", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(60_000)]
    public async Task The_last_cluster_may_be_cut_by_the_end_of_the_file(ulong missing)
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("qed", "size=1M");
        byte[] content = new byte[1 << 20];
        RandomBytes(1000, 1).CopyTo(content, 0);
        await using (Image image = await MemoryDisk.OpenAsync(storage, "qed"))
        {
            // The table lies behind the first cluster; the second cluster is the last thing in the file.
            await image.WriteAsync(0, content.AsMemory(0, 1000));
            await image.FlushAsync();
            await image.WriteAsync(65536, content.AsMemory(0, 1000));
        }

        content.AsSpan(0, 1000).CopyTo(content.AsSpan(65536));
        await storage.SetLengthAsync(storage.Length - missing, CancellationToken.None);
        GuestModel model = new(content, new Random(1), 50_000);
        await using (Image image = await MemoryDisk.OpenAsync(storage, "qed"))
        {
            await image.ExpectContentAsync(content);
            await image.ExpectSoundAsync();
            await model.RunAsync(image, 100);
            await image.ExpectSoundAsync();
        }

        await using Image again = await MemoryDisk.OpenAsync(storage, "qed");
        await again.ExpectContentAsync(content);
        await again.ExpectSoundAsync();
    }

    [Fact]
    public async Task A_dirty_image_that_nobody_checked_stays_marked()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("qed", "size=1M");
        byte[] features = new byte[8];
        features[0] = 2;
        storage.Store(16, features);
        await using (
            Image image = await MemoryDisk.OpenAsync(storage, "qed", new OpenOptions { IgnoreDirtyMark = true }))
        {
            await image.WriteAsync(0, new byte[] { 1 });
        }

        await using (Image image = await MemoryDisk.OpenAsync(storage, "qed", new OpenOptions { ReadOnly = true }))
        {
            Assert.True(image.IsDirty);
        }

        await using Image checkedImage = await MemoryDisk.OpenAsync(storage, "qed");
        Assert.False(checkedImage.IsDirty);
    }

    [Fact]
    public async Task Changes_of_the_header_at_once_are_all_kept()
    {
        // The first flush marks the image while the backing link is rewritten.
        for (int seed = 0; seed < 50; seed++)
        {
            MemoryStorage storage = await MemoryDisk.CreateAsync("qed", "size=1M", new BackingLink("below", "raw"));
            await using Image image = await MemoryDisk.OpenOverAsync(
                new JitterStorage(storage, seed), "qed", []);
            await image.WriteAsync(0, new byte[] { 1 });
            await Task.WhenAll(
                Task.Run(() => image.FlushAsync().AsTask()),
                Task.Run(() =>
                    image.RewriteBackingLinkAsync(new BackingLink("other", null), CancellationToken.None).AsTask()));
            await using Image reader = await MemoryDisk.OpenAsync(
                storage, "qed", new OpenOptions { ReadOnly = true, OpenBacking = false });
            Assert.True(reader.IsDirty);
            Assert.Equal(new BackingLink("other", null), reader.BackingLink);
        }
    }
}
