using BlockGen.Drivers.Tests.Streaming;

namespace BlockGen.Drivers.Tests.Requests;

/// <summary>
/// Many requests at once, in the same clusters, over a storage that answers in another order each time.
/// </summary>
public sealed class ConcurrencyTests
{
    private const int WorkerCount = 8;
    private const int SectorBytes = 512;
    private const int DiskBytes = 2 << 20;
    private const int SectorCount = DiskBytes / SectorBytes;

    public static TheoryData<string, string, int> Shapes => new()
    {
        { "raw", "", 1 },
        { "vdi", "", 2 },
        { "qed", "cluster_size=4096,table_size=1", 3 },
        { "qed", "cluster_size=65536", 4 },
        { "qed", "cluster_size=1048576", 5 },
        { "qed over", "cluster_size=4096,table_size=1", 6 },
        { "qed over", "cluster_size=65536", 7 },
        { "parallels", "cluster_size=4096", 8 },
        { "parallels", "", 9 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Each_worker_finds_its_sectors_as_it_left_them(string kind, string options, int seed)
    {
        (MemoryStorage storage, byte[] below, string format) = await CreateAsync(kind, options, seed);
        byte[] expected = [.. below];
        await using (Image image = await OpenAsync(new JitterStorage(storage, seed), format, below))
        {
            await Task.WhenAll(Enumerable.Range(0, WorkerCount).Select(
                worker => Task.Run(() => WorkAsync(image, worker, new Random(seed * 100 + worker), expected))));
            image.ExpectIdle();
            await image.ExpectContentAsync(expected);
            await image.ExpectSoundAsync();
        }

        await using Image again = await OpenAsync(storage, format, below);
        await again.ExpectContentAsync(expected);
        await again.ExpectSoundAsync();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Overlapping_writes_leave_bytes_of_one_of_them(string kind, string options, int seed)
    {
        (MemoryStorage storage, byte[] below, string format) = await CreateAsync(kind, options, seed);
        const int start = 300_001;
        const int length = 70_003;
        await using Image image = await OpenAsync(new JitterStorage(storage, seed), format, below);
        for (int round = 0; round < 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(1, WorkerCount).Select(worker => Task.Run(async () =>
            {
                byte[] bytes = new byte[length];
                Array.Fill(bytes, (byte)worker);
                await image.WriteAsync(start, bytes);
            })));
            byte[] found = await image.ReadAsync(start, length);
            Assert.True(found.AsSpan().IndexOfAnyExceptInRange((byte)1, (byte)WorkerCount) < 0);
            Assert.Equal(below[start - 1], (await image.ReadAsync(start - 1, 1))[0]);
            Assert.Equal(below[start + length], (await image.ReadAsync(start + length, 1))[0]);
        }

        image.ExpectIdle();
        await image.ExpectSoundAsync();
    }

    private static async Task<(MemoryStorage Storage, byte[] Below, string Format)> CreateAsync(
        string kind, string options, int seed)
    {
        bool isOverlay = kind.EndsWith(" over", StringComparison.Ordinal);
        string format = kind.Split(' ')[0];
        byte[] below = isOverlay ? MemoryDisk.RandomBytes(DiskBytes, seed) : new byte[DiskBytes];
        BackingLink? link = isOverlay ? new BackingLink("below", "raw") : null;
        return (await MemoryDisk.CreateAsync(format, $"{options},size={DiskBytes}", link), below, format);
    }

    private static Task<Image> OpenAsync(IStorage storage, string format, byte[] below) =>
        MemoryDisk.OpenOverAsync(storage, format, below);

    /// <summary>Works on every n-th run of sectors, so that all clusters are shared with other workers.</summary>
    private static async Task WorkAsync(Image image, int worker, Random random, byte[] expected)
    {
        for (int i = 0; i < 60; i++)
        {
            int sector = random.Next(SectorCount / WorkerCount) * WorkerCount + worker;
            int offset = sector * SectorBytes + random.Next(2);
            int length = SectorBytes - 1 - random.Next(8);
            switch (random.Next(10))
            {
                case 0:
                    await image.FlushAsync();
                    break;
                case 1:
                    await image.DiscardAsync(offset, length);
                    (await image.ReadAsync(offset, length)).CopyTo(expected, offset);
                    break;
                case < 4:
                    await image.ZeroAsync(offset, length);
                    expected.AsSpan(offset, length).Clear();
                    break;
                default:
                    byte[] bytes = new byte[length];
                    random.NextBytes(bytes);
                    bytes.CopyTo(expected, offset);
                    await image.WriteAsync(offset, bytes);
                    Assert.Equal(bytes, await image.ReadAsync(offset, length));
                    break;
            }
        }
    }
}
