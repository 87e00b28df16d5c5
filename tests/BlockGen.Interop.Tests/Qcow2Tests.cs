namespace BlockGen.Interop.Tests;

/// <summary>qcow2 images of every kind that QEMU makes, after random changes by QEMU, as this library reads them.</summary>
public sealed class Qcow2Tests
{
    private const int DiskBytes = 6 << 20;

    /// <summary>Every pair of choices at least once.</summary>
    public static TheoryData<string, bool> Shapes => new()
    {
        { "compat=0.10,cluster_size=512", false },
        { "compat=0.10,cluster_size=4096", true },
        { "compat=0.10,cluster_size=65536", false },
        { "compat=0.10,cluster_size=2M", true },
        { "compat=1.1,cluster_size=512,refcount_bits=64", true },
        { "compat=1.1,cluster_size=4096,refcount_bits=1,compression_type=zstd", true },
        { "compat=1.1,cluster_size=65536,lazy_refcounts=on", false },
        { "compat=1.1,cluster_size=65536,compression_type=zstd", true },
        { "compat=1.1,cluster_size=2M,preallocation=metadata", false },
        { "compat=1.1,cluster_size=64k,preallocation=falloc", false },
        { "compat=1.1,cluster_size=16k,extended_l2=on", true },
        { "compat=1.1,cluster_size=128k,extended_l2=on,compression_type=zstd", true },
        { "compat=1.1,cluster_size=2M,extended_l2=on", false },
        { "compat=1.1,cluster_size=64k,extended_l2=on,preallocation=metadata", false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task After_random_changes_it_reads_the_same(string options, bool isCompressed)
    {
        using TempFolder folder = new();
        string plain = folder.File("disk.raw");
        string file = folder.File("disk.qcow2");
        await File.WriteAllBytesAsync(plain, Content());
        string[] compressed = isCompressed ? ["-c"] : [];
        await Qemu.ImgAsync(["convert", .. compressed, "-O", "qcow2", "-o", options, plain, file]);
        for (int round = 0; round < 3; round++)
        {
            await Qemu.IoAsync("qcow2", file, Changes(new Random(round)));
            await ExpectSameAsQemuAsync(folder, file);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Overlays_read_through_to_their_backing_files(string options, bool isCompressed)
    {
        using TempFolder folder = new();
        string plain = folder.File("disk.raw");
        await File.WriteAllBytesAsync(plain, Content());
        string[] compressed = isCompressed ? ["-c"] : [];
        await Qemu.ImgAsync(["convert", .. compressed, "-O", "qcow2", "-o", options, plain, folder.File("base.qcow2")]);
        string kept = string.Join(',', options.Split(',').Where(option => !option.StartsWith("prealloc", StringComparison.Ordinal)));
        string overlay = folder.File("overlay.qcow2");
        await Qemu.ImgAsync(
            "create", "-q", "-f", "qcow2", "-o", kept, "-b", "base.qcow2", "-F", "qcow2", overlay, $"{DiskBytes + 700_416}");
        await Qemu.IoAsync("qcow2", overlay, Changes(new Random(7)));

        await ExpectSameAsQemuAsync(folder, overlay);
        await using Image image = await Disks.OpenReadOnlyAsync("qcow2", overlay);
        Assert.Equal(new BackingLink("base.qcow2", "qcow2"), image.BackingLink);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Version_1_reads_the_same_with_its_backing_file(bool isCompressed)
    {
        using TempFolder folder = new();
        string plain = folder.File("disk.raw");
        await File.WriteAllBytesAsync(plain, Content());
        string file = folder.File("base.qcow");
        string[] compressed = isCompressed ? ["-c"] : [];

        // QEMU 7.2 compresses every cluster into a qcow image, and then says that it failed.
        await Qemu.RunAsync("qemu-img", "", ["convert", .. compressed, "-O", "qcow", plain, file]);
        await Qemu.ExpectContentAsync("qcow", file, Content());
        string overlay = folder.File("overlay.qcow");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow", "-b", "base.qcow", "-F", "qcow", overlay);
        for (int round = 0; round < 3; round++)
        {
            IEnumerable<string> changes = Changes(new Random(round))
                .Where(change => !change.StartsWith("discard", StringComparison.Ordinal));
            await Qemu.IoAsync("qcow", overlay, changes);
            await ExpectSameAsQemuAsync(folder, overlay, "qcow");
        }
    }

    [Fact]
    public async Task An_external_data_file_is_refused_by_name()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync(
            "create", "-q", "-f", "qcow2", "-o", $"data_file={folder.File("data.raw")}", file, "1M");

        ImageException refusal = await Assert.ThrowsAsync<ImageException>(() => Disks.OpenReadOnlyAsync("qcow2", file));

        Assert.Equal($"{file}: images with an external data file are not supported", refusal.Message);
    }

    [Fact]
    public async Task A_hole_of_a_terabyte_costs_few_steps()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", file, "1T");
        await using Image image = await Disks.OpenReadOnlyAsync("qcow2", file);

        Extent extent = await image.MapAsync(new GuestRange(0, image.Length), CancellationToken.None);

        Assert.Equal(Extent.Unallocated(new GuestRange(0, 1UL << 40)), extent);
    }

    private static byte[] Content()
    {
        byte[] content = new byte[DiskBytes];
        Disks.RandomBytes(2 << 20, seed: 1).CopyTo(content, 0);
        content.AsSpan(3 << 20, 1 << 20).Fill(0x55);
        return content;
    }

    private static IEnumerable<string> Changes(Random random)
    {
        for (int i = 0; i < 60; i++)
        {
            int offset = random.Next(DiskBytes / 512 - 600) * 512;
            int length = random.Next(1, 600) * 512;
            yield return random.Next(4) switch
            {
                0 => $"write -z {offset} {length}",
                1 => $"write -z -u {offset} {length}",
                2 => $"discard {offset} {length}",
                _ => $"write -P {random.Next(1, 256)} {offset + random.Next(512)} {length}",
            };
        }
    }

    private static async Task ExpectSameAsQemuAsync(TempFolder folder, string file, string format = "qcow2")
    {
        string expected = folder.File("expected.raw");
        await Qemu.ImgAsync("convert", "-f", format, "-O", "raw", file, expected);
        await Disks.ExpectContentAsync(format, file, await File.ReadAllBytesAsync(expected));
    }
}
