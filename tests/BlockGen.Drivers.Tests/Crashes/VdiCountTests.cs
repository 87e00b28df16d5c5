using System.Buffers.Binary;

namespace BlockGen.Drivers.Tests.Crashes;

/// <summary>
/// The count of blocks in a VDI header. Other programs put the next block where it says, so it must never be lower than
/// the highest block that the map names.
/// </summary>
public sealed class VdiCountTests
{
    private const int BlockBytes = 1 << 20;
    private const int MapAt = 512;
    private const int CountAt = 388;

    [Fact]
    public async Task A_count_that_is_too_low_is_found_and_put_right_by_the_next_write()
    {
        MemoryStorage storage = await CreateAsync(blocksWritten: 3);
        Poke(storage, CountAt, 1);
        await using (Image image = await MemoryDisk.OpenAsync(storage, "vdi"))
        {
            CheckReport report = await image.CheckAsync(CancellationToken.None);
            Assert.Equal(CheckProblem.WrongCount, Assert.Single(report.Findings).Problem);
            Assert.Contains("BlocksAllocated at 0x184 is 1", report.Findings[0].Message, StringComparison.Ordinal);
            await image.WriteAsync(7 * BlockBytes, new byte[] { 1 });
        }

        Assert.Equal(4U, Peek(storage, CountAt));
        await using Image again = await MemoryDisk.OpenAsync(storage, "vdi");
        await again.ExpectSoundAsync();
    }

    [Fact]
    public async Task A_count_is_never_below_a_block_that_is_in_use_although_others_were_lost()
    {
        // Blocks 0, 2 and 3 are in use: block 1 was reserved by a write that a crash ended.
        MemoryStorage storage = await CreateAsync(blocksWritten: 4);
        Poke(storage, MapAt + 4, 0xffffffff);
        Poke(storage, CountAt, 3);
        await using (Image image = await MemoryDisk.OpenAsync(storage, "vdi"))
        {
            await image.WriteAsync(6 * BlockBytes, RandomBytes(1000, 6));
            await image.WriteAsync(7 * BlockBytes, RandomBytes(1000, 7));
            await image.FlushAsync();
            Assert.Equal(1 + HighestBlock(storage), Peek(storage, CountAt));
            await image.ExpectSoundAsync();
            Assert.Equal(RandomBytes(1000, 6), await image.ReadAsync(6 * BlockBytes, 1000));
        }

        await using Image again = await MemoryDisk.OpenAsync(storage, "vdi");
        await again.ExpectSoundAsync();
    }

    [Fact]
    public async Task A_lost_block_that_held_something_reads_as_zeroes_when_it_is_used_again()
    {
        MemoryStorage storage = await CreateAsync(blocksWritten: 3);
        Poke(storage, MapAt + 4, 0xffffffff);
        await using Image image = await MemoryDisk.OpenAsync(storage, "vdi");
        await image.WriteAsync(7 * BlockBytes + 5000, new byte[] { 9 });
        byte[] expected = new byte[BlockBytes];
        expected[5000] = 9;
        Assert.Equal(expected, await image.ReadAsync(7 * BlockBytes, BlockBytes));
    }

    [Fact]
    public async Task Many_lost_blocks_are_used_again_before_the_file_grows()
    {
        MemoryStorage storage = await CreateAsync(blocksWritten: 7);
        byte[] content = new byte[8 * BlockBytes];
        RandomBytes(7 * BlockBytes, 1).CopyTo(content, 0);
        foreach (int lost in (int[])[0, 2, 3, 5])
        {
            Poke(storage, MapAt + 4 * lost, 0xffffffff);
            content.AsSpan(lost * BlockBytes, BlockBytes).Clear();
        }

        GuestModel model = new(content, new Random(1), 3 * BlockBytes);
        await using (Image image = await MemoryDisk.OpenAsync(storage, "vdi"))
        {
            await model.RunAsync(image, 100);
            await image.WriteAsync(0, content);
        }

        Assert.Equal(8U, Peek(storage, CountAt));
        Assert.Equal(1024UL + 8 * BlockBytes, storage.Length);
        await using Image again = await MemoryDisk.OpenAsync(storage, "vdi");
        await again.ExpectContentAsync(content);
        await again.ExpectSoundAsync();
    }

    [Fact]
    public async Task A_map_that_names_blocks_past_the_end_takes_no_new_ones()
    {
        MemoryStorage storage = await CreateAsync(blocksWritten: 2);
        Poke(storage, MapAt + 4 * 5, 9);
        await using Image image = await MemoryDisk.OpenAsync(storage, "vdi");
        CorruptImageException error = await Assert.ThrowsAsync<CorruptImageException>(
            () => image.WriteAsync(7 * BlockBytes, new byte[1]).AsTask());
        Assert.Equal(new HostOffset(MapAt + 4 * 5), error.Offset);
        Assert.Contains("VdiMapEntry 5", error.Message, StringComparison.Ordinal);
        await image.WriteAsync(5, new byte[] { 4 });
        await Assert.ThrowsAsync<CorruptImageException>(() => image.ReadAsync(5 * BlockBytes, 10));
        image.ExpectIdle();
    }

    private static async Task<MemoryStorage> CreateAsync(int blocksWritten)
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("vdi", "size=8M");
        await using Image image = await MemoryDisk.OpenAsync(storage, "vdi");
        await image.WriteAsync(0, RandomBytes(blocksWritten * BlockBytes, 1));
        return storage;
    }

    private static uint HighestBlock(MemoryStorage storage) =>
        Enumerable.Range(0, 8).Select(i => Peek(storage, MapAt + 4 * i)).Where(block => block < 0xfffffffe).Max();

    private static uint Peek(MemoryStorage storage, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(storage.ToArray().AsSpan(at));

    private static void Poke(MemoryStorage storage, int at, uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        storage.Store((ulong)at, bytes);
    }
}
