using System.Buffers.Binary;
using System.Text;

namespace BlockGen.Interop.Tests;

/// <summary>Parallels images that creation never makes, in the hands of both sides.</summary>
public sealed class ParallelsTests
{
    private const int ClusterBytes = 4096;
    private const int DiskBytes = 4 << 20;
    private const int InUseAt = 44;
    private const int DataSectorAt = 48;
    private const int ExtensionAt = 56;
    private const int TableEnd = (64 + DiskBytes / ClusterBytes * sizeof(uint) + 511) / 512 * 512;
    private const uint Open = 0x746F6E59;

    [Theory]
    [InlineData(11)]
    [InlineData(16)]
    public async Task Images_whose_entries_count_sectors(uint dataSector)
    {
        using TempFolder folder = new();
        string file = await CreateOldAsync(folder, dataSector, (int)dataSector * 512);
        MirroredDisk disk = new("parallels", file, new byte[DiskBytes], new Random((int)dataSector));
        for (int round = 0; round < 5; round++)
        {
            await disk.ChangeByUsAsync(100);
            await disk.ExpectSameAsync();
            await disk.ChangeByQemuAsync(100);
            await disk.ExpectSameAsync();
        }
    }

    [Fact]
    public async Task Old_images_that_do_not_say_where_clusters_begin()
    {
        // Ours begin right after the table. QEMU 7.2 takes its end in bytes for one in sectors, and leaves a gap.
        using TempFolder folder = new();
        string file = await CreateOldAsync(folder, dataSector: 0, TableEnd);
        await Qemu.IoAsync("parallels", file, ["write -P 5 0 8k"]);
        byte[] content = new byte[DiskBytes];
        content.AsSpan(0, 8192).Fill(5);
        MirroredDisk disk = new("parallels", file, content, new Random(1));
        for (int round = 0; round < 5; round++)
        {
            await disk.ExpectReadAlikeAsync();
            await disk.ChangeByQemuAsync(100);
            await disk.ExpectReadAlikeAsync();
            await using Image image = await Disks.OpenAsync("parallels", file);
            int offset = round * 700_001;
            Disks.RandomBytes(90_000, round).CopyTo(content, offset);
            await image.WriteAsync(
                new GuestOffset((ulong)offset), content.AsMemory(offset, 90_000), CancellationToken.None);
            CheckReport report = await image.CheckAsync(CancellationToken.None);
            Assert.Empty(report.Findings);
        }

        await Qemu.CheckCleanAsync("parallels", file);
        await disk.ExpectReadAlikeAsync();
    }

    [Fact]
    public async Task An_image_that_qemu_holds_for_crashed_is_checked_by_us_and_good_for_both()
    {
        using TempFolder folder = new();
        string file = await CreateAsync(folder);
        await Qemu.IoAsync("parallels", file, ["write -P 5 0 200k"]);
        await PokeAsync(file, InUseAt, Open);
        (int exitCode, string refusal) = await Qemu.RunAsync("qemu-io", "", "-f", "parallels", file);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Image was not closed correctly", refusal, StringComparison.Ordinal);
        await using (Image image = await Disks.OpenAsync("parallels", file))
        {
            await image.WriteAsync(new GuestOffset(0), new byte[] { 6 }, CancellationToken.None);
        }

        await Qemu.CheckCleanAsync("parallels", file);
        await Qemu.IoAsync("parallels", file, ["read -P 6 0 1", "read -P 5 1 204799", "write -P 7 1M 64k"]);
    }

    [Fact]
    public async Task Where_qemu_drops_an_extension_s_upkeep_with_a_warning_we_do_not_write()
    {
        using TempFolder folder = new();
        string file = await CreateAsync(folder);
        await Qemu.IoAsync("parallels", file, ["write -P 5 0 200k"]);
        await PokeAsync(file, ExtensionAt, (uint)(new FileInfo(file).Length / 512));
        await using (FileStream extension = new(file, FileMode.Append))
        {
            await extension.WriteAsync(new byte[ClusterBytes]);
        }

        byte[] before = await File.ReadAllBytesAsync(file);
        ImageException error = await Assert.ThrowsAsync<ImageException>(() => Disks.OpenAsync("parallels", file));
        Assert.Contains("has a format extension", error.Message, StringComparison.Ordinal);
        await using (Image image = await Disks.OpenReadOnlyAsync("parallels", file))
        {
            byte[] content = await image.ReadAllAsync();
            Assert.Equal(200 << 10, content.AsSpan().IndexOfAnyExcept((byte)5));
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(file));
        (_, string said) = await Qemu.RunAsync("qemu-io", "write 0 512", "-f", "parallels", file);
        Assert.Contains("Format Extension ignored in RW mode", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clusters_that_are_no_power_of_two_are_refused_by_field()
    {
        using TempFolder folder = new();
        string file = folder.File("odd");
        await Qemu.ImgAsync("create", "-q", "-f", "parallels", "-o", "cluster_size=63k", file, "4M");
        CorruptImageException error = await Assert.ThrowsAsync<CorruptImageException>(
            () => Disks.OpenReadOnlyAsync("parallels", file));
        Assert.Equal("Tracks", error.Field);
        Assert.Contains("is 126: is not a power of two", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> CreateAsync(TempFolder folder)
    {
        string file = folder.File("disk.parallels");
        await Qemu.ImgAsync(
            "create", "-q", "-f", "parallels", "-o", $"cluster_size={ClusterBytes}", file, $"{DiskBytes}");
        return file;
    }

    /// <summary>An empty image whose entries count sectors.</summary>
    private static async Task<string> CreateOldAsync(TempFolder folder, uint dataSector, int length)
    {
        string file = await CreateAsync(folder);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        Encoding.ASCII.GetBytes("WithoutFreeSpace").CopyTo(bytes, 0);
        Poke(bytes, DataSectorAt, dataSector);
        await File.WriteAllBytesAsync(file, bytes[..length]);
        return file;
    }

    private static async Task PokeAsync(string file, int at, uint value)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        Poke(bytes, at, value);
        await File.WriteAllBytesAsync(file, bytes);
    }

    private static void Poke(byte[] bytes, int at, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
}
