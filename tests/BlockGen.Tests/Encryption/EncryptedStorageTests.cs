namespace BlockGen.Tests.Encryption;

public sealed class EncryptedStorageTests
{
    private const int StartBytes = 4096;
    private const int DiskBytes = 3 << 20;

    [Fact]
    public async Task Requests_of_any_size_and_place_are_kept()
    {
        (EncryptedStorage storage, MemoryStorage below) = await CreateAsync();
        Random random = new(1);
        byte[] expected = new byte[DiskBytes];
        for (int round = 0; round < 400; round++)
        {
            int length = random.Next(10) == 0 ? random.Next(1, DiskBytes / 2) : random.Next(1, 3000);
            int at = random.Next(DiskBytes - length);
            Memory<byte> part = expected.AsMemory(at, length);
            if (random.Next(4) == 0)
            {
                part.Span.Clear();
                await storage.WriteZeroesAsync(
                    new HostRange(Place(at).Value, (ulong)length), ZeroMode.MayUnmap, CancellationToken.None);
            }
            else
            {
                random.NextBytes(part.Span);
                await storage.WriteAsync(Place(at), part, CancellationToken.None);
            }

            int from = random.Next(DiskBytes - 5000);
            byte[] found = new byte[random.Next(1, 5000)];
            await storage.ReadAsync(Place(from), found, CancellationToken.None);
            Assert.Equal(expected.AsSpan(from, found.Length).ToArray(), found);
        }

        byte[] all = new byte[DiskBytes];
        await storage.ReadAsync(Place(0), all, CancellationToken.None);
        Assert.Equal(expected, all);
        Assert.Equal((ulong)(StartBytes + DiskBytes), below.Length);
        Assert.NotEqual(expected, below.ToArray().AsSpan(StartBytes).ToArray());
    }

    [Fact]
    public async Task Writes_into_one_sector_at_once_are_all_kept()
    {
        (EncryptedStorage storage, _) = await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 512).Select(index => Task.Run(async () =>
            await storage.WriteAsync(Place(1024 + index), new[] { (byte)index }, CancellationToken.None))));
        byte[] found = new byte[512];
        await storage.ReadAsync(Place(1024), found, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 512).Select(index => (byte)index), found);
    }

    [Fact]
    public async Task Past_the_end_there_are_zeroes_and_holes_are_not_told()
    {
        (EncryptedStorage storage, _) = await CreateAsync();
        byte[] found = [1, 2, 3];
        await storage.ReadAsync(Place(DiskBytes + 100), found, CancellationToken.None);
        Assert.Equal(new byte[3], found);
        StorageExtent extent = await storage.MapAsync(
            new HostRange(StartBytes, DiskBytes + 1), CancellationToken.None);
        Assert.Equal(new StorageExtent(DiskBytes, IsHole: false), extent);
    }

    [Fact]
    public async Task Discarding_leaves_what_is_there()
    {
        (EncryptedStorage storage, _) = await CreateAsync();
        await storage.WriteAsync(Place(0), new byte[] { 1, 2, 3 }, CancellationToken.None);
        await storage.DiscardAsync(new HostRange(StartBytes, 65536), CancellationToken.None);
        byte[] found = new byte[3];
        await storage.ReadAsync(Place(0), found, CancellationToken.None);
        Assert.Equal([1, 2, 3], found);
    }

    private static HostOffset Place(int at) => new((ulong)(StartBytes + at));

    private static async Task<(EncryptedStorage Storage, MemoryStorage Below)> CreateAsync()
    {
        MemoryStorage below = new();
        AesXtsCipher cipher = new(new byte[32], SectorVectors.Plain64);
        EncryptedStorage storage = new(below, cipher, new HostOffset(StartBytes));
        await storage.WriteZeroesAsync(
            new HostRange(StartBytes, DiskBytes), ZeroMode.KeepAllocated, CancellationToken.None);
        return (storage, below);
    }
}
