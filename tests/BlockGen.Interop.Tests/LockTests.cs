namespace BlockGen.Interop.Tests;

/// <summary>Two writers on one image, or a writer beside a reader, would destroy it: the second is refused.</summary>
public sealed class LockTests
{
    [Theory]
    [InlineData("raw")]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    public async Task Qemu_holds_the_image_and_we_are_refused(string format)
    {
        using TempFolder folder = new();
        string file = await CreateAsync(folder, format);
        await using (await QemuIoHolder.OpenAsync("-f", format, file))
        {
            IOException error = await Assert.ThrowsAsync<IOException>(() => Disks.OpenAsync(format, file));
            Assert.Contains(file, error.Message, StringComparison.Ordinal);
            Assert.Contains("is another process using the image?", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<IOException>(() => Disks.OpenReadOnlyAsync(format, file));
        }

        await using Image image = await Disks.OpenAsync(format, file);
        Assert.Equal(1UL << 20, image.Length);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    public async Task We_hold_the_image_and_qemu_is_refused(string format)
    {
        using TempFolder folder = new();
        string file = await CreateAsync(folder, format);
        await using (Image image = await Disks.OpenAsync(format, file))
        {
            // QEMU lets a reader look at a raw file that others write: no table of it can be half written.
            string[][] opens = format == "raw" ? [["-f", format]] : [["-f", format], ["-r", "-f", format]];
            foreach (string[] open in opens)
            {
                (int exitCode, string refusal) = await Qemu.RunAsync("qemu-io", "length", [.. open, file]);
                Assert.NotEqual(0, exitCode);
                Assert.Contains("is another process using the image", refusal, StringComparison.OrdinalIgnoreCase);
            }
        }

        await Qemu.IoAsync(format, file, ["write 0 512"]);
    }

    [Fact]
    public async Task Readers_stand_side_by_side()
    {
        using TempFolder folder = new();
        string file = await CreateAsync(folder, "qed");
        await using Image image = await Disks.OpenReadOnlyAsync("qed", file);
        await using QemuIoHolder holder = await QemuIoHolder.OpenAsync("-r", "-f", "qed", file);
        await using Image second = await Disks.OpenReadOnlyAsync("qed", file);
        Assert.Equal(image.Length, second.Length);
    }

    private static async Task<string> CreateAsync(TempFolder folder, string format)
    {
        string file = folder.File("disk");
        await Disks.CreateAsync(format, file, "size=1M");
        return file;
    }
}
