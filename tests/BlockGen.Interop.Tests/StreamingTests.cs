using BlockGen.Drivers.Qed;
using BlockGen.Drivers.Raw;
using BlockGen.Drivers.Vdi;
using BlockGen.Testing;

namespace BlockGen.Interop.Tests;

/// <summary>
/// What was streamed while guests were at work is sound and right in the eyes of QEMU, and stands alone.
/// </summary>
public sealed class StreamingTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Qemu_finds_a_streamed_overlay_clean_and_alone(int seed)
    {
        await using StreamedDisk disk = await CreateAsync(seed);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed);
        await disk.Image.StartStream(Options).Completion;
        await load.EndAsync();
        await disk.VerifyStreamedAsync();

        using TempFolder folder = new();
        string file = await ExpectSoundAsync(folder, disk);
        Assert.DoesNotContain("backing file", await Qemu.ImgAsync("info", file), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Qemu_finds_an_overlay_clean_whose_stream_was_cancelled(int seed)
    {
        await using StreamedDisk disk = await CreateAsync(seed);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed);
        await disk.Image.StartStream(Options).CancelAsync();
        await load.EndAsync();
        await disk.Image.DisposeAsync();

        using TempFolder folder = new();
        await File.WriteAllBytesAsync(folder.File("backing"), disk.BackingFile);
        await ExpectSoundAsync(folder, disk);
    }

    private static StreamOptions Options => new() { MaxCopies = 16, MaxChunkBytes = 256 << 10 };

    // Tables of two clusters are the smallest that QEMU opens.
    private static Task<StreamedDisk> CreateAsync(int seed)
    {
        ImageFormat[] bases = [RawImage.Format, VdiImage.Format, QedImage.Format];
        ImageRecipe overlay = new(QedImage.Format, $"cluster_size={4096 << seed % 5},table_size=2");
        ImageRecipe below = new(bases[seed % bases.Length]);
        return StreamedDisk.CreateAsync(overlay, below, seed, copyOnRead: seed % 2 == 0);
    }

    private static async Task<string> ExpectSoundAsync(TempFolder folder, StreamedDisk disk)
    {
        string file = folder.File("overlay.qed");
        await File.WriteAllBytesAsync(file, disk.OverlayFile);
        await Qemu.CheckCleanAsync("qed", file);
        await Qemu.ExpectContentAsync("qed", file, disk.Expected);
        return file;
    }
}
