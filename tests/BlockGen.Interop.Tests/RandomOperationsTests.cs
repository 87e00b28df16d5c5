namespace BlockGen.Interop.Tests;

/// <summary>Thousands of random operations, by both sides in turn on one image.</summary>
public sealed class RandomOperationsTests
{
    private const int DiskBytes = (5 << 20) + 3 * 512;
    private const int RoundCount = 10;
    private const int OperationsPerTurn = 100;

    [Theory]
    [InlineData("raw", "", 1)]
    [InlineData("vdi", "", 2)]
    [InlineData("vdi", "static=on", 3)]
    [InlineData("qed", "", 4)]
    [InlineData("qed", "cluster_size=4096,table_size=2", 5)]
    [InlineData("qed", "cluster_size=1048576,table_size=2", 6)]
    [InlineData("parallels", "", 7)]
    [InlineData("parallels", "cluster_size=4096", 8)]
    [InlineData("parallels", "cluster_size=512", 9)]
    [InlineData("qcow", "", 20)]
    [InlineData("qcow2", "", 21)]
    [InlineData("qcow2", "compat=0.10,cluster_size=4096", 22)]
    [InlineData("qcow2", "cluster_size=512,refcount_bits=1", 23)]
    [InlineData("qcow2", "cluster_size=4096,refcount_bits=64,preallocation=metadata", 24)]
    [InlineData("qcow2", "cluster_size=2097152,refcount_bits=8", 25)]
    [InlineData("qcow2", "cluster_size=1024,refcount_bits=4,lazy_refcounts=on", 26)]
    [InlineData("qcow2", "compat=0.10,cluster_size=512", 27)]
    [InlineData("qcow2", "cluster_size=16384,refcount_bits=2,compression_type=zstd", 28)]
    [InlineData("qcow2", "cluster_size=8192,refcount_bits=32", 29)]
    [InlineData("qcow2", "cluster_size=512,refcount_bits=64", 30)]
    public async Task Both_sides_change_one_image_in_turn(string format, string options, int seed)
    {
        using TempFolder folder = new();
        string file = folder.File("disk");
        await Disks.CreateAsync(format, file, $"{options},size={DiskBytes}");
        MirroredDisk disk = new(format, file, new byte[DiskBytes], new Random(seed));
        for (int round = 0; round < RoundCount; round++)
        {
            await disk.ChangeByUsAsync(OperationsPerTurn);
            await disk.ExpectSameAsync();
            await disk.ChangeByQemuAsync(OperationsPerTurn);
            await disk.ExpectSameAsync();
        }
    }

    // Overlays are changed by this library alone: QEMU 7.2 fills up a zero cluster that is written in part with the
    // backing file's bytes, where zeroes belong.
    [Theory]
    [InlineData("raw", 512 * 4001, 11)]
    [InlineData("vdi", 512 * 12_001, 12)]
    [InlineData("qed", DiskBytes, 13)]
    [InlineData("parallels", 512 * 9001, 14)]
    public async Task An_overlay_we_change_is_read_alike_by_qemu(string backingFormat, int backingBytes, int seed)
    {
        using TempFolder folder = new();
        string backing = folder.File("backing");
        await Disks.CreateAsync(backingFormat, backing, $"size={backingBytes}");
        byte[] below = Disks.RandomBytes(backingBytes, seed);
        await using (Image image = await Disks.OpenAsync(backingFormat, backing))
        {
            await image.WriteAsync(new GuestOffset(0), below, CancellationToken.None);
        }

        string file = folder.File("overlay");
        string options = $"size={DiskBytes},cluster_size=16384,table_size=2";
        await Disks.CreateAsync("qed", file, options, new BackingLink("backing", backingFormat));
        byte[] expected = new byte[DiskBytes];
        below.AsSpan(0, Math.Min(below.Length, DiskBytes)).CopyTo(expected);
        MirroredDisk disk = new("qed", file, expected, new Random(seed));
        for (int round = 0; round < RoundCount; round++)
        {
            await disk.ExpectSameAsync();
            await disk.ChangeByUsAsync(2 * OperationsPerTurn);
        }

        await disk.ExpectSameAsync();
        await Disks.ExpectContentAsync(backingFormat, backing, below);
    }
}
