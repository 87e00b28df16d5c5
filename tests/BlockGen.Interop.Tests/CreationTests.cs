namespace BlockGen.Interop.Tests;

/// <summary>An image of every shape, made by one side, is written and read by both.</summary>
public sealed class CreationTests
{
    private const int SampleBytes = 200_000;

    public static TheoryData<string, string, ulong> Shapes
    {
        get
        {
            TheoryData<string, string, ulong> shapes = new();
            ulong[] sizes = [0, 512, 7 * 512, 1 << 20, (1 << 20) + 1, 1UL << 40];
            foreach (ulong size in sizes)
            {
                shapes.Add("raw", "", size);
                shapes.Add("vdi", "", size);
                shapes.Add("qed", "", size);
                shapes.Add("parallels", "", size);
                shapes.Add("qcow2", "", size);
                shapes.Add("qcow2", "compat=0.10", size);
            }

            foreach (string clusterSize in (string[])["512", "1000", "4096", "65536", "4M", "1G"])
            {
                shapes.Add("parallels", $"cluster_size={clusterSize}", 3 << 20);
            }

            foreach (string preallocation in (string[])["off", "falloc", "full"])
            {
                shapes.Add("raw", $"preallocation={preallocation}", 3 << 20);
            }

            shapes.Add("qcow", "", 3 << 20);
            shapes.Add("qcow", "", 1UL << 40);
            foreach (string clusterSize in (string[])["512", "4k", "32k", "2M"])
            {
                shapes.Add("qcow2", $"cluster_size={clusterSize}", 3 << 20);
                shapes.Add("qcow2", $"cluster_size={clusterSize},preallocation=metadata", 3 << 20);
            }

            shapes.Add("vdi", "static=on", 5 * 512);
            shapes.Add("vdi", "static=on", (3 << 20) + 1);
            shapes.Add("vdi", "static=off", 3 << 20);
            foreach ((int clusterSize, int tableSize) in QedShapes.Where(
                shape => IsUsableByQemu(shape.ClusterSize, shape.TableSize)))
            {
                shapes.Add("qed", $"cluster_size={clusterSize},table_size={tableSize}", 3 << 20);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Made_by_us_it_is_used_by_qemu(string format, string options, ulong size)
    {
        using TempFolder folder = new();
        string file = folder.File("disk");
        await Disks.CreateAsync(format, file, options.Length == 0 ? $"size={size}" : $"{options},size={size}");
        Samples samples = new(size, SampleBytes);
        await using (Image image = await Disks.OpenAsync(format, file))
        {
            Assert.Equal((size + 511) / 512 * 512, image.Length);
            await samples.ExpectAsync(image);
            await samples.WriteAsync(image);
        }

        await Qemu.CheckCleanAsync(format, file);
        await Qemu.IoAsync(format, file, [.. samples.Reads, .. samples.NextWrites(), "flush"]);
        await Qemu.CheckCleanAsync(format, file);
        await using Image again = await Disks.OpenReadOnlyAsync(format, file);
        await samples.ExpectAsync(again);
        await again.ExpectCleanAsync();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Made_by_qemu_it_is_used_by_us(string format, string options, ulong size)
    {
        using TempFolder folder = new();
        string file = folder.File("disk");
        string[] optionArguments = options.Length == 0 ? [] : ["-o", options];
        await Qemu.ImgAsync(["create", "-q", "-f", format, .. optionArguments, file, $"{size}"]);
        Samples samples = new(size, SampleBytes);
        await Qemu.IoAsync(format, file, [.. samples.NextWrites(), "flush"]);
        await using (Image image = await Disks.OpenAsync(format, file))
        {
            Assert.Equal((size + 511) / 512 * 512, image.Length);
            await samples.ExpectAsync(image);
            await samples.WriteAsync(image);
            await image.ExpectCleanAsync();
        }

        await Qemu.CheckCleanAsync(format, file);
        await Qemu.IoAsync(format, file, samples.Reads);
    }

    [Theory]
    [InlineData("", "0")]
    [InlineData("", "10M")]
    [InlineData("", "1000001")]
    [InlineData("", "100T")]
    [InlineData("cluster_size=512", "3M")]
    [InlineData("cluster_size=1000", "3M")]
    [InlineData("cluster_size=1G", "1T")]
    public async Task New_parallels_images_are_alike_byte_for_byte(string options, string size)
    {
        using TempFolder folder = new();
        string ours = folder.File("ours");
        string theirs = folder.File("theirs");
        await Disks.CreateAsync("parallels", ours, $"{options},size={size}");
        string[] optionArguments = options.Length == 0 ? [] : ["-o", options];
        await Qemu.ImgAsync(["create", "-q", "-f", "parallels", .. optionArguments, theirs, size]);
        await Qemu.ExpectSameFilesAsync(theirs, ours);
    }

    public static TheoryData<int, int> ShapesBeyondQemu
    {
        get
        {
            TheoryData<int, int> shapes = new();
            foreach ((int clusterSize, int tableSize) in QedShapes.Where(
                shape => !IsUsableByQemu(shape.ClusterSize, shape.TableSize)))
            {
                shapes.Add(clusterSize, tableSize);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(ShapesBeyondQemu))]
    public async Task Shapes_that_qemu_refuses_are_used_by_us(int clusterSize, int tableSize)
    {
        using TempFolder folder = new();
        string file = folder.File("disk");
        await Disks.CreateAsync("qed", file, $"cluster_size={clusterSize},table_size={tableSize},size=3M");
        string refusal = await Qemu.ImgRefusesAsync("check", "-f", "qed", file);
        Assert.Matches("QED (table offset|image size) is invalid", refusal);
        Samples samples = new(3 << 20, SampleBytes);
        await using (Image image = await Disks.OpenAsync("qed", file))
        {
            await samples.WriteAsync(image);
        }

        await using Image again = await Disks.OpenReadOnlyAsync("qed", file);
        await samples.ExpectAsync(again);
        await again.ExpectCleanAsync();
    }

    [Theory]
    [InlineData("vdi", "static=on")]
    [InlineData("raw", "preallocation=full")]
    [InlineData("raw", "preallocation=falloc")]
    public async Task Space_is_there_from_the_start_when_asked_for(string format, string options)
    {
        using TempFolder folder = new();
        string ours = folder.File("ours");
        string theirs = folder.File("theirs");
        await Disks.CreateAsync(format, ours, $"{options},size=5M");
        await Qemu.ImgAsync("create", "-q", "-f", format, "-o", options, theirs, "5M");
        Assert.Equal(new FileInfo(theirs).Length, new FileInfo(ours).Length);
        foreach (string file in (string[])[ours, theirs])
        {
            await using Image image = await Disks.OpenReadOnlyAsync(format, file);
            Assert.Equal(
                new Allocation(true, 5 << 20), await image.IsAllocatedAsync(
                    new GuestRange(0, 5 << 20), CancellationToken.None));
        }

        string map = await Qemu.ImgAsync("map", "--output=json", "-f", format, ours);
        Assert.Contains("\"present\": true", map, StringComparison.Ordinal);
        await Qemu.CheckCleanAsync(format, ours);
    }

    private static IEnumerable<(int ClusterSize, int TableSize)> QedShapes =>
        from clusterBits in Enumerable.Range(12, 15)
        from tableSize in (int[])[1, 2, 4, 8, 16]
        // Larger products only make larger files: one table has up to a gigabyte.
        where clusterBits % 2 == 0 && (long)tableSize << clusterBits <= 64 << 20
        select (1 << clusterBits, tableSize);

    /// <summary>
    /// QEMU 7.2 takes every L1 table of one cluster for an overflow, and counts the bytes of the largest possible
    /// disk in 64 bits, which wraps around for large tables.
    /// </summary>
    private static bool IsUsableByQemu(int clusterSize, int tableSize)
    {
        UInt128 entryCount = (UInt128)clusterSize * (UInt128)tableSize / sizeof(ulong);
        return tableSize > 1 && entryCount * entryCount * (UInt128)clusterSize <= ulong.MaxValue;
    }
}
