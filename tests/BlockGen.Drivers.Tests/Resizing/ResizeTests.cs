using System.Buffers.Binary;

namespace BlockGen.Drivers.Tests.Resizing;

/// <summary>A disk of another size keeps what it had and shows zeroes in what it gained.</summary>
public sealed class ResizeTests
{
    private const int Before = (1 << 20) + 512;
    private const int After = (3 << 20) + 1024;

    [Fact]
    public async Task A_huge_disk_costs_no_more_space_than_a_small_one()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("qed", "size=1M", new BackingLink("below", "raw"));
        await using Image image = await MemoryDisk.OpenOverAsync(storage, "qed", RandomBytes(2 << 20, 1));
        ulong before = storage.Length;
        await ResizeAsync(image, 8UL << 40);
        Assert.True(storage.Length - before <= image.ClusterBytes * 4, $"the file grew by {storage.Length - before}");
        Assert.Equal(new byte[1 << 20], await image.ReadAsync(1 << 20, 1 << 20));
    }

    [Fact]
    public async Task Entries_in_a_block_maps_padding_do_not_come_to_life()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("vdi", "size=1M");
        await using Image image = await MemoryDisk.OpenAsync(storage, "vdi");
        await image.WriteAsync(0, RandomBytes(1 << 20, 1));
        await image.FlushAsync();
        byte[] zero = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(zero, 0);
        await storage.WriteAsync(new HostOffset(512 + 4), zero, CancellationToken.None);

        await ResizeAsync(image, 3 << 20);
        Assert.Equal(new byte[2 << 20], await image.ReadAsync(1 << 20, 2 << 20));
        await image.WriteAsync(1 << 20, RandomBytes(1 << 20, 2));
        Assert.Equal(RandomBytes(1 << 20, 1), await image.ReadAsync(0, 1 << 20));
        await image.ExpectSoundAsync();
    }

    [Fact]
    public async Task Changes_that_wait_in_memory_survive_a_longer_table()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("vdi", "size=4M");
        byte[] expected = new byte[100 << 20];
        await using (Image image = await MemoryDisk.OpenAsync(storage, "vdi"))
        {
            for (int block = 0; block < 4; block++)
            {
                RandomBytes(2000, block).CopyTo(expected, block << 20);
                await image.WriteAsync(block << 20, expected.AsMemory(block << 20, 2000));
            }

            await ResizeAsync(image, (ulong)expected.Length);
            RandomBytes(2000, 9).CopyTo(expected, 99 << 20);
            await image.WriteAsync(99 << 20, expected.AsMemory(99 << 20, 2000));
            await image.ExpectContentAsync(expected);
        }

        await using Image again = await MemoryDisk.OpenAsync(storage, "vdi");
        await again.ExpectContentAsync(expected);
        await again.ExpectSoundAsync();
    }

    [Fact]
    public async Task A_raw_disk_shrinks()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("raw", Sized("", Before));
        await using Image image = await MemoryDisk.OpenAsync(storage, "raw");
        await image.WriteAsync(0, RandomBytes(Before, 1));
        await ResizeAsync(image, 1024);
        Assert.Equal(1024UL, storage.Length);
        await ResizeAsync(image, 2048);
        byte[] expected = [.. RandomBytes(Before, 1).Take(1024), .. new byte[1024]];
        await image.ExpectContentAsync(expected);
    }

    [Theory]
    [InlineData(Preallocation.Falloc)]
    [InlineData(Preallocation.Full)]
    public async Task Preallocated_space_is_no_hole(Preallocation preallocation)
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("raw", "size=1M");
        await using Image image = await MemoryDisk.OpenAsync(storage, "raw");
        await image.ResizeAsync(2 << 20, preallocation, CancellationToken.None);
        StorageExtent run = await storage.MapAsync(new HostRange(1 << 20, 1 << 20), CancellationToken.None);
        Assert.Equal(new StorageExtent(1 << 20, IsHole: false), run);
    }

    private static string Sized(string options, int bytes) => $"{options},size={bytes}";

    private static ValueTask ResizeAsync(Image image, ulong length) =>
        image.ResizeAsync(length, Preallocation.Off, CancellationToken.None);
}
