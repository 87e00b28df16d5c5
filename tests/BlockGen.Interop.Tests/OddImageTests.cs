using System.Buffers.Binary;

namespace BlockGen.Interop.Tests;

/// <summary>Legal images that creation never makes, read alike by both sides.</summary>
public sealed class OddImageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(70_001)]
    public async Task Raw_files_that_end_inside_a_sector(int length)
    {
        using TempFolder folder = new();
        string file = folder.File("odd.raw");
        byte[] bytes = Disks.RandomBytes(length, length);
        await File.WriteAllBytesAsync(file, bytes);
        await Disks.ExpectContentAsync("raw", file, bytes);
        await Qemu.ExpectContentAsync("raw", file, bytes);
    }

    [Fact]
    public async Task Vdi_disks_that_end_inside_a_sector()
    {
        using TempFolder folder = new();
        string file = folder.File("odd.vdi");
        await Qemu.ImgAsync("create", "-q", "-f", "vdi", file, "2M");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(0x170), (1 << 20) + 777);
        await File.WriteAllBytesAsync(file, bytes);
        byte[] content = Disks.RandomBytes((1 << 20) + 777, 1);
        await using (Image image = await Disks.OpenAsync("vdi", file))
        {
            await image.WriteAsync(new GuestOffset(0), content, CancellationToken.None);
        }

        await Disks.ExpectContentAsync("vdi", file, content);
        await Qemu.ExpectContentAsync("vdi", file, content);
        await Qemu.CheckCleanAsync("vdi", file);
    }

    [Theory]
    [InlineData(513)]
    [InlineData(4096)]
    public async Task Qed_disks_whose_last_cluster_is_cut(int tailBytes)
    {
        // The last cluster in the file is only as long as what was written into it.
        using TempFolder folder = new();
        string file = folder.File("cut.qed");
        await Qemu.ImgAsync("create", "-q", "-f", "qed", file, "4M");
        await Qemu.IoAsync("qed", file, ["write -P 9 0 64k", "write -P 3 64k 64k"]);
        using (FileStream stream = new(file, FileMode.Open))
        {
            stream.SetLength(stream.Length - 65536 + tailBytes);
        }

        byte[] content = new byte[4 << 20];
        content.AsSpan(0, 65536).Fill(9);
        content.AsSpan(65536, tailBytes).Fill(3);
        // QEMU 7.2 takes a cluster that is not whole for one past the end, until the file has grown again.
        await Disks.ExpectContentAsync("qed", file, content);
        await Qemu.ImgRefusesAsync("compare", "-f", "qed", "-F", "qed", file, file);
        MirroredDisk disk = new("qed", file, content, new Random(1));
        await disk.ChangeByUsAsync(100);
        await disk.ExpectSameAsync();
    }

    [Fact]
    public async Task A_vdi_that_lost_a_block_is_safe_in_the_hands_of_qemu()
    {
        // QEMU puts its next block where the header's count says.
        using TempFolder folder = new();
        string file = folder.File("lost.vdi");
        await Qemu.ImgAsync("create", "-q", "-f", "vdi", file, "8M");
        await Qemu.IoAsync("vdi", file, ["write -P 1 0 4M"]);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(512 + 4, 4).Fill(0xff);
        bytes[388] = 3;
        await File.WriteAllBytesAsync(file, bytes);
        byte[] content = new byte[8 << 20];
        content.AsSpan(0, 4 << 20).Fill(1);
        content.AsSpan(1 << 20, 1 << 20).Clear();
        MirroredDisk disk = new("vdi", file, content, new Random(1));
        await using (Image image = await Disks.OpenAsync("vdi", file))
        {
            content[6 << 20] = 5;
            await image.WriteAsync(new GuestOffset(6 << 20), new byte[] { 5 }, CancellationToken.None);
        }

        await disk.ExpectSameAsync();
        await disk.ChangeByQemuAsync(100);
        await disk.ExpectSameAsync();
    }

    [Fact]
    public async Task Qed_headers_of_several_clusters()
    {
        using TempFolder folder = new();
        string file = folder.File("wide.qed");
        await Disks.CreateAsync("qed", file, "cluster_size=4096,table_size=2,size=8M");
        byte[] plain = await File.ReadAllBytesAsync(file);
        byte[] bytes = new byte[5 * 4096];
        plain.AsSpan(0, 4096).CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), 3);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), 3 * 4096);
        await File.WriteAllBytesAsync(file, bytes);
        MirroredDisk disk = new("qed", file, new byte[8 << 20], new Random(2));
        await disk.ExpectReadAlikeAsync();
        await disk.ChangeByUsAsync(100);
        await disk.ExpectReadAlikeAsync();
        await disk.ChangeByQemuAsync(100);
        await disk.ExpectReadAlikeAsync();
    }
}
