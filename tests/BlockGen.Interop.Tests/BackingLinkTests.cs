namespace BlockGen.Interop.Tests;

/// <summary>The backing file an image names, written by one side and read by the other.</summary>
public sealed class BackingLinkTests
{
    [Theory]
    [InlineData("raw")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    [InlineData("qed")]
    public async Task Every_declared_format_is_understood_by_both(string backingFormat)
    {
        using TempFolder folder = new();
        await Disks.CreateAsync(backingFormat, folder.File("below"), "size=1M");
        await Qemu.IoAsync(backingFormat, folder.File("below"), ["write -P 77 0 1M"]);
        await Disks.CreateAsync("qed", folder.File("ours"), "size=1M", new BackingLink("below", backingFormat));
        await Qemu.ImgAsync(
            "create", "-q", "-f", "qed", "-b", "below", "-F", backingFormat, folder.File("theirs"), "1M");

        // QED can say "raw, do not probe" and nothing else.
        string? declared = backingFormat == "raw" ? "raw" : null;
        foreach (string file in (string[])[folder.File("ours"), folder.File("theirs")])
        {
            await Qemu.IoAsync("qed", file, ["read -P 77 0 1M"]);
            await using Image image = await Disks.OpenReadOnlyAsync("qed", file);
            Assert.Equal(new BackingLink("below", declared), image.BackingLink);
            Assert.Equal(backingFormat, image.Backing!.Driver.Name);
            Assert.True((await image.ReadAllAsync()).AsSpan().IndexOfAnyExcept((byte)77) < 0);
        }
    }

    [Fact]
    public async Task A_raw_backing_file_is_not_probed_although_it_looks_like_an_image()
    {
        using TempFolder folder = new();
        string below = folder.File("below");
        await Disks.CreateAsync("qed", below, "size=1M");
        byte[] bytes = await File.ReadAllBytesAsync(below);
        await Qemu.ImgAsync(
            "create", "-q", "-f", "qed", "-b", "below", "-F", "raw", folder.File("top"), $"{bytes.Length}");
        await Disks.ExpectContentAsync("qed", folder.File("top"), bytes);
        await Qemu.ExpectContentAsync("qed", folder.File("top"), bytes);
    }

    [Fact]
    public async Task Rewritten_links_are_read_by_qemu()
    {
        using TempFolder folder = new();
        string file = folder.File("top");
        await Disks.CreateAsync("raw", folder.File("first"), "size=1M");
        await Disks.CreateAsync("vdi", folder.File("a-much-longer-name-of-a-file"), "size=1M");
        await Disks.CreateAsync("qed", file, "size=1M", new BackingLink("first", "raw"));
        Assert.Equal("first", await BackingFileAsync(file));
        await RewriteAsync(file, new BackingLink("a-much-longer-name-of-a-file", "vdi"));
        Assert.Equal("a-much-longer-name-of-a-file", await BackingFileAsync(file));
        await RewriteAsync(file, new BackingLink("first", "raw"));
        Assert.Equal("first", await BackingFileAsync(file));
        await RewriteAsync(file, null);
        Assert.Null(await BackingFileAsync(file));
        await Qemu.CheckCleanAsync("qed", file);
    }

    [Fact]
    public async Task Links_that_qemu_rewrote_are_read_by_us()
    {
        using TempFolder folder = new();
        string file = folder.File("top");
        await Disks.CreateAsync("raw", folder.File("first"), "size=1M");
        await Disks.CreateAsync("qed", folder.File("second"), "size=1M");
        await Disks.CreateAsync("qed", file, "size=1M", new BackingLink("first", "raw"));
        await Qemu.ImgAsync("rebase", "-u", "-f", "qed", "-F", "qed", "-b", "second", file);
        await using (Image image = await Disks.OpenReadOnlyAsync("qed", file))
        {
            Assert.Equal(new BackingLink("second", null), image.BackingLink);
        }

        await Qemu.ImgAsync("rebase", "-u", "-f", "qed", "-b", "", file);
        await using Image alone = await Disks.OpenReadOnlyAsync("qed", file);
        Assert.Null(alone.BackingLink);
    }

    private static async Task RewriteAsync(string file, BackingLink? link)
    {
        await using Image image = await Disks.OpenAsync("qed", file, new OpenOptions { OpenBacking = false });
        await image.RewriteBackingLinkAsync(link, CancellationToken.None);
        Assert.Equal(link, image.BackingLink);
    }

    private static async Task<string?> BackingFileAsync(string file)
    {
        string info = await Qemu.ImgAsync("info", "-f", "qed", file);
        const string label = "backing file: ";
        return info.Split('\n').SingleOrDefault(
            line => line.StartsWith(label, StringComparison.Ordinal))?[label.Length..].Split(' ')[0];
    }
}
