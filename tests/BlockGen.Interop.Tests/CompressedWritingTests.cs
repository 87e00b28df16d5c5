namespace BlockGen.Interop.Tests;

/// <summary>Compressed clusters that this library writes: QEMU reads them, counts them alike, and changes them.</summary>
public sealed class CompressedWritingTests
{
    private const int DiskBytes = (5 << 20) + 3 * 512;
    private const int OperationsPerTurn = 60;

    [Theory]
    [InlineData("", 1)]
    [InlineData("compression_type=zstd", 2)]
    [InlineData("compat=0.10,cluster_size=4096", 3)]
    [InlineData("cluster_size=512,refcount_bits=1", 4)]
    [InlineData("cluster_size=16384,refcount_bits=2", 5)]
    [InlineData("cluster_size=2097152,refcount_bits=64,compression_type=zstd", 6)]
    public async Task Both_sides_change_what_was_converted(string options, int seed)
    {
        using TempFolder folder = new();
        string plain = folder.File("disk.raw");
        string file = folder.File("disk.qcow2");
        byte[] content = Content(seed);
        await File.WriteAllBytesAsync(plain, content);
        string size = options.Length == 0 ? $"size={DiskBytes}" : $"{options},size={DiskBytes}";
        await Disks.CreateAsync("qcow2", file, size);
        await ConvertAsync(plain, file);
        await Qemu.CheckCleanAsync("qcow2", file);
        await Qemu.ExpectContentAsync("qcow2", file, content);
        Assert.Contains("% compressed", await Qemu.ImgAsync("check", file), StringComparison.Ordinal);
        Assert.DoesNotContain(" 0.00% compressed", await Qemu.ImgAsync("check", file), StringComparison.Ordinal);
        MirroredDisk disk = new("qcow2", file, content, new Random(seed));
        for (int round = 0; round < 3; round++)
        {
            await disk.ChangeByUsAsync(OperationsPerTurn);
            await disk.ExpectSameAsync();
            await disk.ChangeByQemuAsync(OperationsPerTurn);
            await disk.ExpectSameAsync();
            await CompressSomeAgainAsync(file, disk.Expected, seed + round);
            await disk.ExpectSameAsync();
        }
    }

    [Fact]
    public async Task Clusters_written_at_once_share_host_clusters()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Disks.CreateAsync("qcow2", file, "size=64M");
        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            await Parallel.ForAsync(0, 1024, async (index, cancellation) =>
            {
                byte[] cluster = new byte[65536];
                Array.Fill(cluster, (byte)index);
                BitConverter.TryWriteBytes(cluster, index);
                await image.WriteCompressedAsync(new GuestOffset((ulong)index * 65536), cluster, cancellation);
            });
            await image.ExpectCleanAsync();
        }

        Assert.InRange(new FileInfo(file).Length, 1, 1 << 20);
        await Qemu.CheckCleanAsync("qcow2", file);
        await Qemu.IoAsync("qcow2", file, Enumerable.Range(0, 1024).Select(
            static index => $"read -P {index % 256} {index * 65536L + 4} 65532"));
    }

    [Fact]
    public async Task A_power_cut_leaves_leaks_at_most()
    {
        using TempFolder folder = new();
        string file = folder.File("cut");
        await Disks.CreateAsync("qcow2", file, $"cluster_size=4096,size={DiskBytes}");
        MemoryStorage disk = new(await File.ReadAllBytesAsync(file), "cut");
        PowerCutStorage storage = await PowerCutStorage.StartAsync(disk, CancellationToken.None);
        byte[] content = Content(7);
        FormatRegistry formats = new(Drivers.DiskFormats.All);
        int flushedAt;
        await using (Image image = await formats.OpenAsync(storage, "qcow2", new OpenOptions(), CancellationToken.None))
        {
            await CompressAsync(image, content, 512);
            await image.FlushAsync(CancellationToken.None);
            flushedAt = storage.Cuts[^1];
            await CompressAsync(image, content, 512);
            await image.WriteAsync(new GuestOffset(3 << 20), new byte[50_000], CancellationToken.None);
            await image.FlushAsync(CancellationToken.None);
        }

        PowerCutState[] states = [.. storage.States(mostPerCut: 10, seed: 1)];
        new Random(1).Shuffle(states);
        foreach (PowerCutState state in states.Take(40))
        {
            await File.WriteAllBytesAsync(file, storage.Materialize(state).ToArray());
            await PowerCutVerdict.ExpectSoundAsync("qcow2", file, state);
            if (state.Cut >= flushedAt)
            {
                await using Image image = await Disks.OpenAsync("qcow2", file);
                Assert.Equal(2 << 20, (await image.ReadAllAsync()).AsSpan(0, 2 << 20).CommonPrefixLength(content));
            }
        }
    }

    private static async Task ConvertAsync(string plain, string file)
    {
        await using Image source = await Disks.OpenReadOnlyAsync("raw", plain);
        await using Image target = await Disks.OpenAsync("qcow2", file);
        ConvertOptions options = new() { Compresses = true, TargetIsZero = true };
        await ImageConverter.ConvertAsync(source, target, options, CancellationToken.None);
    }

    private static async Task CompressSomeAgainAsync(string file, byte[] content, int seed)
    {
        Random random = new(seed);
        await using Image image = await Disks.OpenAsync("qcow2", file);
        int clusterBytes = (int)image.ClusterBytes;
        for (int i = 0; i < 20; i++)
        {
            int start = random.Next(content.Length / clusterBytes + 1) * clusterBytes;
            int length = Math.Min(clusterBytes, content.Length - start);
            await image.WriteCompressedAsync(
                new GuestOffset((ulong)start), content.AsMemory(start, length), CancellationToken.None);
        }

        await image.ExpectCleanAsync();
    }

    private static async Task CompressAsync(Image image, byte[] content, int clusterCount)
    {
        int clusterBytes = (int)image.ClusterBytes;
        for (int index = 0; index < clusterCount; index++)
        {
            await image.WriteCompressedAsync(
                new GuestOffset((ulong)(index * clusterBytes)), content.AsMemory(index * clusterBytes, clusterBytes),
                CancellationToken.None);
        }
    }

    /// <summary>Text that repeats itself near and far, what cannot be compressed, and zeroes.</summary>
    private static byte[] Content(int seed)
    {
        byte[] content = new byte[DiskBytes];
        Disks.RandomBytes(1 << 20, seed).CopyTo(content, 0);
        Random random = new(seed);
        for (int at = 1 << 20; at < 4 << 20; at++)
        {
            content[at] = (at & 0x8000) != 0 ? content[at - 0x7000] : (byte)('a' + random.Next(5));
        }

        return content;
    }
}
