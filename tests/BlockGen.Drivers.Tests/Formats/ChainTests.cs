namespace BlockGen.Drivers.Tests.Formats;

/// <summary>Backing chains: who may open what, and what is never guessed.</summary>
public sealed class ChainTests
{
    private const int DiskBytes = 1 << 20;

    private readonly Dictionary<string, MemoryStorage> _files = [];

    [Fact]
    public async Task A_chain_opens_layer_by_layer_read_only_below_the_top()
    {
        await AddAsync("base", "vdi", null);
        await AddAsync("middle", "qed", new BackingLink("base", "vdi"));
        await AddAsync("top", "qed", new BackingLink("middle", "qed"));
        await using Image image = await OpenAsync("top", "qed", Options(probe: true));
        Assert.Equal(["qed", "qed", "vdi"], image.Layers.Select(layer => layer.Driver.Name));
        Assert.Equal([false, true, true], image.Layers.Select(layer => layer.IsReadOnly));
        ChainExtent extent = await image.MapChainAsync(new GuestRange(0, DiskBytes), CancellationToken.None);
        Assert.False(extent.Extent.IsAllocated);
    }

    [Fact]
    public async Task Without_a_gate_a_backing_file_is_refused()
    {
        await AddAsync("base", "raw", null);
        await AddAsync("top", "qed", new BackingLink("base", "raw"));
        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => OpenAsync("top", "qed", new OpenOptions()));
        Assert.Equal("top: names the backing file 'base', and no gate allows it", error.Message);
        await using Image alone = await OpenAsync("top", "qed", new OpenOptions { OpenBacking = false });
        Assert.Null(alone.Backing);
        Assert.Equal(new BackingLink("base", "raw"), alone.BackingLink);
    }

    [Fact]
    public async Task What_a_gate_refuses_is_refused()
    {
        await AddAsync("top", "qed", new BackingLink("/etc/shadow", "raw"));
        OpenOptions options = new()
        {
            Gate = (link, overlay, _) => throw new ImageException($"{overlay.Name}: '{link.Name}' is not allowed"),
        };
        ImageException error = await Assert.ThrowsAsync<ImageException>(() => OpenAsync("top", "qed", options));
        Assert.Equal("top: '/etc/shadow' is not allowed", error.Message);
    }

    [Fact]
    public async Task Probing_is_done_only_where_it_is_allowed()
    {
        await AddAsync("base", "vdi", null);
        await AddAsync("top", "qed", new BackingLink("base", null));
        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => OpenAsync("top", "qed", Options(probe: false)));
        Assert.Contains(
            "does not declare the format of its backing file 'base'", error.Message, StringComparison.Ordinal);
        await using Image image = await OpenAsync("top", "qed", Options(probe: true));
        Assert.Equal("vdi", image.Backing!.Driver.Name);
    }

    [Fact]
    public async Task A_declared_format_is_honoured_whatever_the_file_looks_like()
    {
        await AddAsync("base", "qed", null);
        await AddAsync("top", "qed", new BackingLink("base", "raw"));
        await using Image image = await OpenAsync("top", "qed", Options(probe: true));
        Assert.Equal("raw", image.Backing!.Driver.Name);
        Assert.Equal(_files["base"].ToArray()[..4096], await image.ReadAsync(0, 4096));
    }

    [Theory]
    [InlineData("top")]
    [InlineData("middle")]
    public async Task A_loop_is_refused(string last)
    {
        await AddAsync("middle", "qed", new BackingLink(last, null));
        await AddAsync("top", "qed", new BackingLink("middle", null));
        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => OpenAsync("top", "qed", Options(probe: true)));
        Assert.Contains("the backing chain loops", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_are_probed_by_their_magic_and_raw_is_what_nothing_identifies()
    {
        foreach (string format in (string[])["qed", "vdi", "parallels", "raw"])
        {
            await AddAsync(format, format, null);
            await using Image image = await OpenAsync(format, null, new OpenOptions());
            Assert.Equal(format, image.Driver.Name);
        }

        ImageException error = await Assert.ThrowsAsync<ImageException>(
            () => OpenAsync("raw", "qcow9", new OpenOptions()));
        Assert.Equal("Unknown driver 'qcow9'", error.Message);
        await Assert.ThrowsAsync<CorruptImageException>(() => OpenAsync("vdi", "qed", new OpenOptions()));
    }

    private async Task AddAsync(string name, string format, BackingLink? link)
    {
        MemoryStorage storage = new(name: name);
        await MemoryDisk.FormatAsync(storage, format, $"size={DiskBytes}", link);
        _files[name] = storage;
    }

    private Task<Image> OpenAsync(string name, string? format, OpenOptions options) =>
        MemoryDisk.Formats.OpenAsync(_files[name], format, options, CancellationToken.None).AsTask();

    private OpenOptions Options(bool probe) => new()
    {
        ProbeBacking = probe,
        Gate = (link, _, _) => ValueTask.FromResult<IStorage>(_files[link.Name]),
    };
}
