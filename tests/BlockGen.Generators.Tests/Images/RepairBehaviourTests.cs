using System.Buffers.Binary;

namespace BlockGen.Generators.Tests.Images;

/// <summary>Generated drivers of each shape repair whatever happens to their tables.</summary>
public class RepairBehaviourTests
{
    private const int DiskBytes = 200 * 1024 + 512;
    private const int SeedsPerFormat = 40;

    public static TheoryData<string, int, int, int> Shapes => new()
    {
        // Where the first table is, the bytes of its entries, and how many of them to damage.
        { "blockmap", 512, 8, 51 },
        { "sectormap", 1024, 4, 101 },
        { "grains", 4096, 4, 4 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Damaged_entries_of_the_first_table(string format, int table, int entryBytes, int entryCount)
    {
        for (int seed = 1; seed <= SeedsPerFormat; seed++)
        {
            MemoryStorage storage = await CreateAsync(format, seed);
            byte[] bytes = storage.ToArray();
            Damage(bytes.AsSpan(table, entryCount * entryBytes), entryBytes, new Random(seed));
            await ExpectRepairAsync(format, new MemoryStorage(bytes, format), seed);
        }
    }

    [Fact]
    public async Task Damaged_entries_of_leaf_tables()
    {
        const int Root = 4096;
        for (int seed = 1; seed <= SeedsPerFormat; seed++)
        {
            MemoryStorage storage = await CreateAsync("grains", seed);
            byte[] bytes = storage.ToArray();
            Random random = new(seed);
            for (int i = 0; i < 3; i++)
            {
                int unit = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(Root + i * sizeof(uint)));
                if (unit != 0)
                {
                    Damage(bytes.AsSpan(Root + unit * 512, 512), sizeof(ulong), random);
                }
            }

            await ExpectRepairAsync("grains", new MemoryStorage(bytes, "grains"), seed);
        }
    }

    [Theory]
    [InlineData("blockmap")]
    [InlineData("sectormap")]
    [InlineData("grains")]
    public async Task A_sound_image_is_left_alone(string format)
    {
        MemoryStorage storage = await CreateAsync(format, seed: 1);
        byte[] before = storage.ToArray();
        await using Image image = await OpenAsync(format, storage);
        RepairReport report = await image.RepairAsync(RepairKind.All, CancellationToken.None);
        Assert.True(report.Found.IsClean);
        Assert.Equal(before, storage.ToArray());
    }

    /// <summary>
    /// No error is left, and no leak but in gaps that are too small for a cluster; a second repair changes nothing, and
    /// the disk works again.
    /// </summary>
    private static async Task ExpectRepairAsync(string format, MemoryStorage storage, int seed)
    {
        byte[] content;
        await using (Image image = await OpenAsync(format, storage))
        {
            RepairReport report = await image.RepairAsync(RepairKind.All, CancellationToken.None);
            Assert.True(report.Left.Errors == 0, $"seed {seed}: {string.Join('\n', report.Left.Findings)}");
            Assert.True(format == "grains" || report.Left.Leaks == 0, $"seed {seed}: {report.Left.Leaks} leaks left");
            byte[] settled = storage.ToArray();
            content = await DiskModel.ReadAsync(image, new GuestRange(0, DiskBytes));
            await image.RepairAsync(RepairKind.All, CancellationToken.None);
            Assert.Equal(settled, storage.ToArray());
        }

        await using Image again = await OpenAsync(format, storage);
        Assert.False(again.IsDirty);
        DiskModel model = new(content, seed);
        for (int step = 0; step < 40; step++)
        {
            await model.StepAsync(again);
        }

        await model.AssertEqualAsync(again);
        Assert.Equal(0UL, (await again.CheckAsync(CancellationToken.None)).Errors);
    }

    private static void Damage(Span<byte> table, int entryBytes, Random random)
    {
        int count = table.Length / entryBytes;
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            Span<byte> entry = table.Slice(random.Next(count) * entryBytes, entryBytes);
            switch (random.Next(4))
            {
                case 0:
                    table.Slice(random.Next(count) * entryBytes, entryBytes).CopyTo(entry);
                    break;
                case 1:
                    entry[^1] += 4;
                    break;
                case 2:
                    random.NextBytes(entry);
                    break;
                default:
                    entry[^2] ^= 1;
                    break;
            }
        }
    }

    private static async Task<MemoryStorage> CreateAsync(string format, int seed)
    {
        MemoryStorage storage = new(name: format);
        Dictionary<string, string> values = new() { ["size"] = $"{DiskBytes}" };
        await Find(format).CreateAsync!(storage, values, null, CancellationToken.None);
        await using Image image = await OpenAsync(format, storage);
        DiskModel model = new(new byte[DiskBytes], seed);
        for (int step = 0; step < 60; step++)
        {
            await model.StepAsync(image);
        }

        return storage;
    }

    private static ValueTask<Image> OpenAsync(string format, IStorage storage) =>
        Find(format).OpenAsync(storage, new OpenOptions(), CancellationToken.None);

    private static ImageFormat Find(string format) =>
        new[] { BlockMap.Format, SectorMap.Format, GrainTables.Format }.Single(known => known.Name == format);
}
