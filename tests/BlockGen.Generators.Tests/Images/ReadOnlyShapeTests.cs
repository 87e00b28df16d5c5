namespace BlockGen.Generators.Tests.Images;

/// <summary>Drivers without tables: a window of the storage, and a lookup that the author wrote.</summary>
public class ReadOnlyShapeTests
{
    private const int Sector = 512;

    [Theory]
    [InlineData(null, 1024)]
    [InlineData("2048", 2048)]
    public async Task A_framed_disk_starts_where_the_header_or_the_option_says(string? option, int start)
    {
        MemoryStorage storage = new(8192);
        FramedHeader header = new() { Magic = FramedHeader.MagicValue, DiskOffset = new HostOffset(1024), DiskBytes = 4096 };
        byte[] bytes = new byte[FramedHeader.Size];
        header.Write(bytes);
        await storage.WriteAsync(new HostOffset(0), bytes, CancellationToken.None);
        OpenOptions options = new()
        {
            DriverOptions = option is null ? [] : new Dictionary<string, string> { ["offset"] = option },
        };
        await using FramedDisk image = await FramedDisk.OpenAsync(storage, options, CancellationToken.None);
        Assert.Equal(4096UL, image.Length);

        byte[] written = [1, 2, 3];
        await image.WriteAsync(new GuestOffset(4093), written, CancellationToken.None);
        byte[] stored = new byte[3];
        await storage.ReadAsync(new HostOffset((ulong)start + 4093), stored, CancellationToken.None);
        Assert.Equal(written, stored);
        await Assert.ThrowsAnyAsync<Exception>(
            async () => await image.WriteAsync(new GuestOffset(4094), written, CancellationToken.None));
    }

    [Fact]
    public async Task Extents_are_read_as_the_lookup_says()
    {
        byte[] content = new byte[20 * Sector];
        MemoryStorage storage = await ExtentsAsync(content);
        await using ExtentList image = await ExtentList.OpenAsync(storage, new OpenOptions(), CancellationToken.None);
        Assert.True(image.IsReadOnly);
        Random random = new(11);
        for (int round = 0; round < 200; round++)
        {
            int at = random.Next(content.Length);
            byte[] read = new byte[random.Next(1, content.Length - at + 1)];
            await image.ReadAsync(new GuestOffset((ulong)at), read, CancellationToken.None);
            Assert.True(content.AsSpan(at, read.Length).SequenceEqual(read), $"{read.Length} bytes at {at} differ");
        }

        await Assert.ThrowsAsync<IOException>(
            async () => await image.WriteAsync(new GuestOffset(0), new byte[1], CancellationToken.None));
    }

    [Fact]
    public async Task Extents_are_mapped_as_the_lookup_says()
    {
        MemoryStorage storage = await ExtentsAsync(new byte[20 * Sector]);
        await using ExtentList image = await ExtentList.OpenAsync(storage, new OpenOptions(), CancellationToken.None);
        List<(MappingKind, ulong)> found = [];
        for (ulong at = 0; at < image.Length;)
        {
            Extent extent = await image.MapAsync(new GuestRange(at, image.Length - at), CancellationToken.None);
            found.Add((extent.Kind, extent.Length / Sector));
            at = extent.Range.End;
        }

        Assert.Equal(
        [
            (MappingKind.Unallocated, 2),
            (MappingKind.Data, 4),
            (MappingKind.Zero, 3),
            (MappingKind.Unallocated, 1),
            (MappingKind.Data, 10),
        ],
        found);
    }

    [Fact]
    public async Task An_extent_outside_the_file_is_refused()
    {
        MemoryStorage storage = await ExtentsAsync(new byte[20 * Sector]);
        await storage.SetLengthAsync(9 * Sector, CancellationToken.None);
        await using ExtentList image = await ExtentList.OpenAsync(storage, new OpenOptions(), CancellationToken.None);
        ImageException fault = await Assert.ThrowsAsync<ImageException>(
            async () => await image.ReadAsync(new GuestOffset(10 * Sector), new byte[Sector * 10], CancellationToken.None));
        Assert.Contains("outside the range or the file", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>An image whose extents lie in another order than the guest's; fills in what the guest must see.</summary>
    private static async Task<MemoryStorage> ExtentsAsync(byte[] content)
    {
        MemoryStorage storage = new();
        Random random = new(12);
        random.NextBytes(content.AsSpan(2 * Sector, 4 * Sector));
        random.NextBytes(content.AsSpan(10 * Sector, 10 * Sector));
        ExtentRecord[] records = new ExtentRecord[8];
        records[0] = new ExtentRecord { FirstSector = 2, SectorCount = 4, HostSector = 12 };
        records[1] = new ExtentRecord { FirstSector = 6, SectorCount = 3 };
        records[2] = new ExtentRecord { FirstSector = 10, SectorCount = 10, HostSector = 1 };
        ExtentListHeader header = new() { Magic = ExtentListHeader.MagicValue, SectorCount = 20, Extents = new(records) };
        byte[] bytes = new byte[ExtentListHeader.Size];
        header.Write(bytes);
        await storage.WriteAsync(new HostOffset(0), bytes, CancellationToken.None);
        await storage.WriteAsync(new HostOffset(12 * Sector), content.AsMemory(2 * Sector, 4 * Sector).ToArray(), CancellationToken.None);
        await storage.WriteAsync(new HostOffset(Sector), content.AsMemory(10 * Sector, 10 * Sector).ToArray(), CancellationToken.None);
        return storage;
    }
}
