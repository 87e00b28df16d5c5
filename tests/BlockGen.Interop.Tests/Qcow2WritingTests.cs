namespace BlockGen.Interop.Tests;

/// <summary>What this library writes into qcow2 images of every kind, in the eyes of QEMU.</summary>
public sealed class Qcow2WritingTests
{
    private const int DiskBytes = (5 << 20) + 3 * 512;
    private const int OperationsPerTurn = 100;

    public static TheoryData<string, string, int> Shapes => new()
    {
        { "compat=0.10,cluster_size=4096", "", 1 },
        { "compat=0.10", "-c", 2 },
        { "cluster_size=512", "-c", 3 },
        { "cluster_size=64k,compression_type=zstd", "-c", 4 },
        { "cluster_size=16k,refcount_bits=64", "-c", 5 },
        { "cluster_size=2M,preallocation=metadata", "", 6 },
        { "cluster_size=32k,lazy_refcounts=on", "-c", 7 },
        { "cluster_size=8k,refcount_bits=8", "-c", 8 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task What_qemu_converted_both_sides_change_in_turn(string options, string compressed, int seed)
    {
        using TempFolder folder = new();
        string plain = folder.File("disk.raw");
        string file = folder.File("disk.qcow2");
        byte[] content = Content(seed);
        await File.WriteAllBytesAsync(plain, content);
        string[] flags = compressed.Length == 0 ? [] : [compressed];
        await Qemu.ImgAsync(["convert", .. flags, "-O", "qcow2", "-o", options, plain, file]);
        MirroredDisk disk = new("qcow2", file, content, new Random(seed));
        for (int round = 0; round < 4; round++)
        {
            await disk.ChangeByUsAsync(OperationsPerTurn);
            await disk.ExpectSameAsync();
            await disk.ChangeByQemuAsync(OperationsPerTurn);
            await disk.ExpectSameAsync();
        }
    }

    [Theory]
    [InlineData("", 9)]
    [InlineData("-c", 10)]
    public async Task Version_1_is_changed_in_turn_too(string compressed, int seed)
    {
        using TempFolder folder = new();
        string plain = folder.File("disk.raw");
        string file = folder.File("disk.qcow");
        byte[] content = Content(seed);
        await File.WriteAllBytesAsync(plain, content);
        string[] flags = compressed.Length == 0 ? [] : [compressed];

        // QEMU 7.2 compresses every cluster into a qcow image, and then says that it failed.
        await Qemu.RunAsync("qemu-img", "", ["convert", .. flags, "-O", "qcow", plain, file]);
        MirroredDisk disk = new("qcow", file, content, new Random(seed));
        for (int round = 0; round < 4; round++)
        {
            await disk.ChangeByUsAsync(OperationsPerTurn);
            await disk.ExpectSameAsync();
            await disk.ChangeByQemuAsync(OperationsPerTurn);
            await disk.ExpectSameAsync();
        }
    }

    [Theory]
    [InlineData("", 11)]
    [InlineData("compat=0.10,cluster_size=4096", 12)]
    [InlineData("cluster_size=512", 13)]
    [InlineData("cluster_size=2097152,refcount_bits=1", 14)]
    public async Task An_overlay_is_changed_streamed_and_stands_alone(string options, int seed)
    {
        using TempFolder folder = new();
        byte[] content = Content(seed);
        await File.WriteAllBytesAsync(folder.File("base.raw"), content);
        string file = folder.File("overlay.qcow2");
        string size = options.Length == 0 ? $"size={DiskBytes}" : $"{options},size={DiskBytes}";
        await Disks.CreateAsync("qcow2", file, size, new BackingLink("base.raw", "raw"));
        string told = await Qemu.ImgAsync("info", file);
        Assert.Contains("backing file: base.raw", told, StringComparison.Ordinal);
        Assert.Contains("backing file format: raw", told, StringComparison.Ordinal);
        MirroredDisk disk = new("qcow2", file, content, new Random(seed));
        await disk.ChangeByUsAsync(OperationsPerTurn);
        await disk.ExpectSameAsync();
        await disk.ChangeByQemuAsync(OperationsPerTurn);
        await disk.ExpectSameAsync();
        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            await image.StartStream(new StreamOptions()).Completion;
        }

        await disk.ExpectSameAsync();
        Assert.DoesNotContain("backing file", await Qemu.ImgAsync("info", file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "65536")]
    [InlineData("cluster_size=512", "512")]
    [InlineData("compat=0.10,cluster_size=4k", "4k")]
    [InlineData("cluster_size=2M,lazy_refcounts=on,refcount_bits=64", "2M")]
    public async Task A_new_file_is_as_long_as_qemus(string options, string size)
    {
        using TempFolder folder = new();
        string all = options.Length == 0 ? "size=3000000" : $"{options},size=3000000";
        await Disks.CreateAsync("qcow2", folder.File("ours"), all.Replace("4k", "4096", StringComparison.Ordinal));
        string[] arguments = options.Length == 0 ? [] : ["-o", options];
        await Qemu.ImgAsync(["create", "-q", "-f", "qcow2", .. arguments, folder.File("theirs"), "3000000"]);
        Assert.Equal(
            (size, new FileInfo(folder.File("theirs")).Length), (size, new FileInfo(folder.File("ours")).Length));
    }

    [Theory]
    [InlineData("refcount leak", "-r leaks")]
    [InlineData("refcount too low", "-r all")]
    public async Task Wrong_counts_are_found_and_put_right(string damage, string repair)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", file, "8M");
        await Qemu.IoAsync("qcow2", file, ["write -P 1 0 1M", "write -P 2 3M 64k"]);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int cluster = damage == "refcount leak" ? bytes.Length / 65536 : 8;
        Array.Resize(ref bytes, damage == "refcount leak" ? bytes.Length + 65536 : bytes.Length);
        bytes[2 * 65536 + 2 * cluster + 1] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        (int theirs, string said) = await Qemu.RunAsync("qemu-img", "", "check", "-f", "qcow2", file);
        Assert.True(theirs != 0, said);

        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            CheckReport found = await image.CheckAsync(CancellationToken.None);

            // A count that is too low also belies the mark of the entry that names the cluster, as QEMU tells too.
            Assert.Equal(damage == "refcount leak" ? (0UL, 1UL) : (2UL, 0UL), (found.Errors, found.Leaks));
            RepairKind kind = repair == "-r leaks" ? RepairKind.Leaks : RepairKind.All;
            RepairReport repaired = await image.RepairAsync(kind, CancellationToken.None);
            Assert.True(repaired.Left.IsClean);
        }

        await Qemu.CheckCleanAsync("qcow2", file);
        await Qemu.IoAsync("qcow2", file, ["read -P 1 0 1M", "read -P 2 3M 64k"]);
    }

    [Fact]
    public async Task An_image_with_lazy_counts_that_was_not_closed_is_repaired_when_it_is_opened()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", "-o", "lazy_refcounts=on", file, "8M");
        await Qemu.RunAsync(
            "qemu-io", "", "-f", "qcow2", "-c", "write -P 5 0 1M", "-c", "flush", "-c", "abort", file);
        await using (Image image = await Disks.OpenReadOnlyAsync("qcow2", file))
        {
            Assert.True(image.IsDirty);
        }

        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            await image.WriteAsync(new GuestOffset(2 << 20), new byte[70_000], CancellationToken.None);
        }

        await Qemu.CheckCleanAsync("qcow2", file);
        await Qemu.IoAsync("qcow2", file, ["read -P 5 0 1M"]);
    }

    [Theory]
    [InlineData("has persistent bitmaps")]
    [InlineData("has subclusters")]
    public async Task What_would_not_be_kept_up_is_not_written(string obstacle)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        string options = obstacle == "has subclusters" ? "extended_l2=on" : "extended_l2=off";
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", "-o", options, file, "8M");
        await Qemu.IoAsync("qcow2", file, ["write -P 5 0 1M"]);
        if (obstacle == "has persistent bitmaps")
        {
            await Qemu.ImgAsync("bitmap", "--add", file, "one");
        }

        byte[] before = await File.ReadAllBytesAsync(file);
        ImageException refusal = await Assert.ThrowsAsync<ImageException>(() => Disks.OpenAsync("qcow2", file));
        Assert.Contains(obstacle, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task Unknown_extensions_stay_when_the_backing_link_changes()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "raw", folder.File("base.raw"), "8M");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", "-b", "base.raw", "-F", "raw", file, "8M");
        byte[] bytes = await File.ReadAllBytesAsync(file);

        // QEMU's table of feature names becomes an extension that nobody knows.
        int at = bytes.AsSpan().IndexOf<byte>([0x68, 0x03, 0xf8, 0x57]);
        new byte[] { 0x12, 0x34, 0x56, 0x78 }.CopyTo(bytes, at);
        byte[] extension = bytes[at..(at + 8 + 336)];
        await File.WriteAllBytesAsync(file, bytes);
        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            await image.RewriteBackingLinkAsync(new BackingLink("./base.raw", "raw"), CancellationToken.None);
            await image.RewriteBackingLinkAsync(null, CancellationToken.None);
            await image.RewriteBackingLinkAsync(new BackingLink("base.raw", "raw"), CancellationToken.None);
        }

        Assert.True((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(extension) > 0);
        Assert.Contains("backing file: base.raw", await Qemu.ImgAsync("info", file), StringComparison.Ordinal);
        await Qemu.CheckCleanAsync("qcow2", file);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cluster_size=4096,compat=0.10")]
    public async Task A_disk_that_grew_is_used_by_qemu(string options)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Disks.CreateAsync("qcow2", file, options.Length == 0 ? "size=1M" : $"{options},size=1M");
        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            await image.ResizeAsync(600UL << 20, Preallocation.Off, CancellationToken.None);
            await image.WriteAsync(new GuestOffset(599UL << 20), Disks.RandomBytes(70_000, 1), CancellationToken.None);
        }

        await Qemu.CheckCleanAsync("qcow2", file);
        await Qemu.IoAsync("qcow2", file, ["write -P 4 550M 1M", "read -P 0 0 1M"]);
        await Qemu.CheckCleanAsync("qcow2", file);
    }

    private static byte[] Content(int seed)
    {
        byte[] content = new byte[DiskBytes];
        Disks.RandomBytes(2 << 20, seed).CopyTo(content, 0);
        for (int at = 2 << 20; at < 4 << 20; at += 3)
        {
            content[at] = (byte)(at >> 12);
        }

        return content;
    }
}
