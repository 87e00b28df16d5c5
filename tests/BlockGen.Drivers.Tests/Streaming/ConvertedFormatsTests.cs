namespace BlockGen.Drivers.Tests.Streaming;

/// <summary>Converts between all formats that can be created, on files.</summary>
public sealed class ConvertedFormatsTests : IDisposable
{
    private const int DiskBytes = 5 << 20;
    private static readonly FormatRegistry s_formats = new(DiskFormats.All);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blockgen-convert-");

    public static TheoryData<string, string> Pairs
    {
        get
        {
            string[] formats = ["raw", "qed", "vdi", "parallels"];
            TheoryData<string, string> pairs = [];
            foreach (string from in formats)
            {
                foreach (string to in formats)
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task The_copy_is_equal_to_the_source(string from, string to)
    {
        await using Image source = await SourceAsync(from);
        await using Image target = await CreateAsync("target", to);

        await ImageConverter.ConvertAsync(
            source, target, new ConvertOptions { TargetIsZero = true }, CancellationToken.None);
        await target.FlushAsync(CancellationToken.None);

        CompareResult result = await ImageComparer.CompareAsync(
            source, target, new CompareOptions(), CancellationToken.None);
        Assert.Equal(new CompareResult(ImageDifference.None, null, SizesDiffer: false), result);
        if (to != "raw")
        {
            Assert.Equal(0ul, (await target.CheckAsync(CancellationToken.None)).Errors);
        }
    }

    [Theory]
    [InlineData("raw", "raw")]
    [InlineData("qed", "raw")]
    [InlineData("raw", "qed")]
    public async Task Offloaded_copies_are_equal_too(string from, string to)
    {
        await using Image source = await SourceAsync(from);
        await using Image target = await CreateAsync("target", to);

        CopyProgress progress = await ImageConverter.ConvertAsync(
            source, target, new ConvertOptions { TargetIsZero = true, OffloadCopies = true }, CancellationToken.None);

        Assert.NotEqual(0ul, progress.CopiedBytes);
        CompareResult result = await ImageComparer.CompareAsync(
            source, target, new CompareOptions(), CancellationToken.None);
        Assert.True(result.IsEqual);
    }

    [Fact]
    public async Task Offloaded_copies_do_not_pass_through_this_process()
    {
        await (await SourceAsync("raw")).DisposeAsync();
        CountingStorage requests = new(FileStorage.Open(PathOf("source")));
        await using Image source = await s_formats.OpenAsync(
            requests, "raw", new OpenOptions(), CancellationToken.None);
        await using Image target = await CreateAsync("target", "raw");

        await ImageConverter.ConvertAsync(
            source, target, new ConvertOptions { TargetIsZero = true, OffloadCopies = true }, CancellationToken.None);

        Assert.NotEqual(0, requests.Bytes(StorageOperation.Copy));
        Assert.Equal(0, requests.Bytes(StorageOperation.Read));
    }

    private async Task<Image> SourceAsync(string format)
    {
        Image source = await CreateAsync("source", format);
        byte[] data = new byte[(1 << 20) + 777];
        new Random(1).NextBytes(data);
        await source.WriteAsync(new GuestOffset(0), data, CancellationToken.None);
        await source.WriteAsync(new GuestOffset(3_000_001), data, CancellationToken.None);
        await source.WriteZeroesAsync(new GuestRange(70_000, 300_000), ZeroMode.MayUnmap, CancellationToken.None);
        await source.FlushAsync(CancellationToken.None);
        return source;
    }

    private async Task<Image> CreateAsync(string name, string format)
    {
        FileStorage storage = FileStorage.Create(PathOf(name));
        await s_formats.Find(format).CreateAsync!(
            storage, new Dictionary<string, string> { ["size"] = $"{DiskBytes}" }, null, CancellationToken.None);
        return await s_formats.OpenAsync(storage, format, new OpenOptions(), CancellationToken.None);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
