using System.Buffers.Binary;

namespace BlockGen.Generators.Tests.Images;

/// <summary>What generated drivers put where, byte for byte.</summary>
public class ImageLayoutTests
{
    private const int DiskBytes = 100 * 1024;

    private static readonly byte[] Data = [.. Enumerable.Range(1, 512).Select(number => (byte)number)];

    [Fact]
    public async Task Big_endian_entries_count_sectors()
    {
        MemoryStorage storage = new();
        await SectorMap.CreateAsync(storage, new SectorMapOptions { Size = DiskBytes }, null, CancellationToken.None);
        Assert.Equal(uint.MaxValue, await NumberAsync(storage, 1024));
        await using (SectorMap image = await SectorMap.OpenAsync(storage, new OpenOptions(), CancellationToken.None))
        {
            await image.WriteAsync(new GuestOffset(3 * 2048 + 512), Data, CancellationToken.None);
            await image.FlushAsync(CancellationToken.None);
            Assert.Equal(0x0080u, await NumberAsync(storage, 4) >> 16);
        }

        Assert.Equal(0u, await NumberAsync(storage, 4) >> 16);
        Assert.Equal(uint.MaxValue, await NumberAsync(storage, 1024 + 2 * 4));
        ulong sector = await NumberAsync(storage, 1024 + 3 * 4);
        Assert.Equal(Data, await BytesAsync(storage, sector * 512 + 512, 512));
    }

    [Fact]
    public async Task A_new_leaf_table_is_full_of_empty_entries_that_are_not_zero()
    {
        MemoryStorage storage = new();
        await GrainTables.CreateAsync(storage, new GrainOptions { Size = DiskBytes }, null, CancellationToken.None);
        await using GrainTables image = await GrainTables.OpenAsync(storage, new OpenOptions(), CancellationToken.None);
        await image.WriteAsync(new GuestOffset(65 * 1024), Data, CancellationToken.None);
        await image.FlushAsync(CancellationToken.None);

        Assert.Equal(0u, await NumberAsync(storage, 4096));
        ulong table = 4096 + await NumberAsync(storage, 4100) * 512UL;
        byte[] entries = await BytesAsync(storage, table, 512);
        Assert.Equal(0xFFUL, BinaryPrimitives.ReadUInt64BigEndian(entries));
        ulong entry = BinaryPrimitives.ReadUInt64BigEndian(entries.AsSpan(8));
        Assert.Equal(0UL, entry & 0xFF);
        Assert.Equal(Data, await BytesAsync(storage, 4096 + (entry >> 8) * 512, 512));
        Assert.All(Enumerable.Range(2, 62), index =>
            Assert.Equal(0xFFUL, BinaryPrimitives.ReadUInt64BigEndian(entries.AsSpan(index * 8))));
    }

    [Fact]
    public async Task Zeroes_over_a_backing_image_are_an_entry_without_space()
    {
        MemoryStorage below = new(DiskBytes);
        MemoryStorage storage = new();
        await GrainTables.CreateAsync(storage, new GrainOptions { Size = DiskBytes }, null, CancellationToken.None);
        await using GrainTables image = await GrainTables.OpenAsync(storage, new OpenOptions(), CancellationToken.None);
        image.AttachBacking(await PlainDisk.OpenAsync(below, new OpenOptions { ReadOnly = true }, CancellationToken.None));
        await image.WriteZeroesAsync(new GuestRange(1024, 1024), ZeroMode.MayUnmap, CancellationToken.None);
        await image.FlushAsync(CancellationToken.None);
        ulong table = 4096 + await NumberAsync(storage, 4096) * 512UL;
        Assert.Equal(0x02UL, BinaryPrimitives.ReadUInt64BigEndian(await BytesAsync(storage, table + 8, 8)));
        Assert.Equal(table + 512, storage.Length);
    }

    [Fact]
    public async Task The_header_counts_clusters_and_space_is_taken_at_the_end()
    {
        const int CountOffset = 24;
        MemoryStorage storage = new();
        await BlockMap.CreateAsync(storage, new BlockMapOptions { Size = DiskBytes }, null, CancellationToken.None);
        await WriteBlockAsync(storage, guest: 0);
        Assert.Equal(1u, await NumberAsync(storage, CountOffset));

        // What somebody left behind the last block is not overwritten.
        ulong end = storage.Length;
        await storage.WriteAsync(new HostOffset(end), Data, CancellationToken.None);
        await WriteBlockAsync(storage, guest: 5 * 4096);
        Assert.Equal(2u, await NumberAsync(storage, CountOffset));
        Assert.Equal(Data, await BytesAsync(storage, end, 512));
        ulong entry = BinaryPrimitives.ReadUInt64BigEndian(await BytesAsync(storage, 512 + 5 * 8, 8));
        Assert.Equal((1UL << 63) | (end + 4096), entry);
    }

    [Fact]
    public async Task A_count_that_is_wrong_is_found_by_check()
    {
        MemoryStorage storage = new();
        await BlockMap.CreateAsync(storage, new BlockMapOptions { Size = DiskBytes }, null, CancellationToken.None);
        await WriteBlockAsync(storage, guest: 0);
        await storage.WriteAsync(new HostOffset(27), new byte[] { 9 }, CancellationToken.None);
        await using BlockMap image = await BlockMap.OpenAsync(
            storage, new OpenOptions { ReadOnly = true }, CancellationToken.None);
        CheckReport report = await image.CheckAsync(CancellationToken.None);
        Assert.Equal(
            "BlocksInUse at 0x18 is 9: the tables make it 1",
            Assert.Single(report.Findings).Message);
    }

    private static async Task WriteBlockAsync(MemoryStorage storage, ulong guest)
    {
        await using BlockMap image = await BlockMap.OpenAsync(storage, new OpenOptions(), CancellationToken.None);
        await image.WriteAsync(new GuestOffset(guest), Data, CancellationToken.None);
    }

    private static async Task<uint> NumberAsync(IStorage storage, ulong at) =>
        BinaryPrimitives.ReadUInt32BigEndian(await BytesAsync(storage, at, 4));

    private static async Task<byte[]> BytesAsync(IStorage storage, ulong at, int length)
    {
        byte[] bytes = new byte[length];
        await storage.ReadAsync(new HostOffset(at), bytes, CancellationToken.None);
        return bytes;
    }
}
