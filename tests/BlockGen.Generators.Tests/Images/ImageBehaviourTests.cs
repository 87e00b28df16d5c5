namespace BlockGen.Generators.Tests.Images;

/// <summary>Generated drivers of each shape do what a plain array does, and leave images that pass their check.</summary>
public class ImageBehaviourTests
{
    private const int DiskBytes = 200 * 1024 + 512;
    private const int BaseBytes = 150 * 1024 + 512;
    private const int Rounds = 6;
    private const int StepsPerRound = 60;

    private static readonly ImageFormat[] Formats = [BlockMap.Format, SectorMap.Format, GrainTables.Format];

    [Theory]
    [InlineData("blockmap", 1)]
    [InlineData("blockmap", 2)]
    [InlineData("sectormap", 3)]
    [InlineData("sectormap", 4)]
    [InlineData("grains", 5)]
    [InlineData("grains", 6)]
    public async Task Requests_and_reopening(string format, int seed) =>
        await RunAsync(format, new DiskModel(new byte[DiskBytes], seed), static () => null);

    [Theory]
    [InlineData("sectormap", 7)]
    [InlineData("grains", 8)]
    [InlineData("grains", 9)]
    public async Task Requests_over_a_shorter_backing_image(string format, int seed)
    {
        byte[] content = new byte[DiskBytes];
        new Random(seed).NextBytes(content.AsSpan(0, BaseBytes));
        MemoryStorage below = new();
        await below.WriteAsync(new HostOffset(0), content.AsMemory(0, BaseBytes).ToArray(), CancellationToken.None);
        await RunAsync(format, new DiskModel(content, seed), () => below);
    }

    [Theory]
    [InlineData("blockmap")]
    [InlineData("grains")]
    public async Task Everything_is_mapped_when_the_option_asks_for_it(string format)
    {
        MemoryStorage storage = await CreateAsync(format, ("full", "on"));
        await using Image image = await OpenAsync(format, storage);
        CheckReport report = await image.CheckAsync(CancellationToken.None);
        Assert.Equal((0UL, report.TotalClusters), (report.Errors, report.AllocatedClusters));
        Extent first = await image.MapAsync(new GuestRange(0, DiskBytes), CancellationToken.None);
        Assert.Equal((MappingKind.Data, (ulong)DiskBytes), (first.Kind, first.Length));
    }

    [Fact]
    public async Task A_plain_disk_is_its_storage()
    {
        MemoryStorage storage = new(DiskBytes);
        await using Image image = await PlainDisk.Format.OpenAsync(storage, new OpenOptions(), CancellationToken.None);
        DiskModel model = new(new byte[DiskBytes], seed: 10);
        for (int step = 0; step < StepsPerRound; step++)
        {
            await model.StepAsync(image);
        }

        await model.AssertEqualAsync(image);
        await using Image again = await PlainDisk.Format.OpenAsync(storage, new OpenOptions(), CancellationToken.None);
        await model.AssertEqualAsync(again);
    }

    private static async Task RunAsync(string format, DiskModel model, Func<IStorage?> backing)
    {
        MemoryStorage storage = await CreateAsync(format);
        for (int round = 0; round < Rounds; round++)
        {
            await using Image image = await OpenAsync(format, storage);
            Assert.False(image.IsDirty);
            if (backing() is { } below)
            {
                image.AttachBacking(
                    await PlainDisk.OpenAsync(below, new OpenOptions { ReadOnly = true }, CancellationToken.None));
            }

            await model.AssertEqualAsync(image);
            for (int step = 0; step < StepsPerRound; step++)
            {
                await model.StepAsync(image);
            }

            await model.AssertEqualAsync(image);
            CheckReport report = await image.CheckAsync(CancellationToken.None);
            Assert.True(report.Errors == 0, string.Join('\n', report.Findings.Select(finding => finding.Message)));
            Assert.Equal(0UL, report.Leaks);
        }
    }

    private static async Task<MemoryStorage> CreateAsync(string format, params (string Name, string Value)[] options)
    {
        MemoryStorage storage = new();
        Dictionary<string, string> values = options.ToDictionary(option => option.Name, option => option.Value);
        values.Add("size", $"{DiskBytes}");
        await Find(format).CreateAsync!(storage, values, null, CancellationToken.None);
        return storage;
    }

    private static ValueTask<Image> OpenAsync(string format, IStorage storage) =>
        Find(format).OpenAsync(storage, new OpenOptions(), CancellationToken.None);

    private static ImageFormat Find(string format) => Formats.Single(known => known.Name == format);
}
