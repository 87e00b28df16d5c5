using System.Buffers.Binary;

namespace BlockGen.Interop.Tests;

/// <summary>Feature bits of QED headers: what both sides refuse, keep and clear.</summary>
public sealed class FeatureBitTests
{
    private const int FeaturesAt = 16;
    private const int CompatFeaturesAt = 24;
    private const int AutoclearFeaturesAt = 32;
    private const ulong NeedCheck = 2;

    [Fact]
    public async Task An_unknown_feature_is_refused_by_name_and_offset_and_by_qemu()
    {
        using TempFolder folder = new();
        string file = await CreateAsync(folder);
        Poke(file, FeaturesAt, 1UL << 40);
        await Qemu.ImgRefusesAsync("info", "-f", "qed", file);
        CorruptImageException error = await Assert.ThrowsAsync<CorruptImageException>(
            () => Disks.OpenReadOnlyAsync("qed", file));
        Assert.Equal("Features", error.Field);
        Assert.Equal(new HostOffset(FeaturesAt), error.Offset);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("0x10000000000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_compatible_features_stay_and_others_are_cleared_by_a_writer_only()
    {
        using TempFolder folder = new();
        string file = await CreateAsync(folder);
        Poke(file, CompatFeaturesAt, 0x8000000000000001);
        Poke(file, AutoclearFeaturesAt, 0x4000000000000002);
        await using (await Disks.OpenReadOnlyAsync("qed", file))
        {
            Assert.Equal(0x4000000000000002UL, Peek(file, AutoclearFeaturesAt));
        }

        await using (Image image = await Disks.OpenAsync("qed", file))
        {
            await image.WriteAsync(new GuestOffset(5), new byte[] { 1 }, CancellationToken.None);
        }

        Assert.Equal(0x8000000000000001, Peek(file, CompatFeaturesAt));
        Assert.Equal(0UL, Peek(file, AutoclearFeaturesAt));
        await Qemu.CheckCleanAsync("qed", file);
    }

    [Fact]
    public async Task A_marked_image_is_checked_and_trusted_again()
    {
        using TempFolder folder = new();
        string file = await CreateAsync(folder);
        await Qemu.IoAsync("qed", file, ["write -P 5 0 200k"]);
        Poke(file, FeaturesAt, NeedCheck);
        await using (Image image = await Disks.OpenReadOnlyAsync("qed", file))
        {
            Assert.True(image.IsDirty);
        }

        Assert.Equal(NeedCheck, Peek(file, FeaturesAt));
        await using (Image image = await Disks.OpenAsync("qed", file))
        {
            Assert.False(image.IsDirty);
        }

        Assert.Equal(0UL, Peek(file, FeaturesAt));
        await Qemu.CheckCleanAsync("qed", file);
    }

    [Fact]
    public async Task A_marked_image_with_errors_is_not_opened_for_writing()
    {
        using TempFolder folder = new();
        string file = await CreateAsync(folder);
        await Qemu.IoAsync("qed", file, ["write -P 5 0 200k"]);
        Poke(file, FeaturesAt, NeedCheck);
        ulong table = Peek(file, 65536);
        Poke(file, (int)table + 8, Peek(file, (int)table));
        ImageException error = await Assert.ThrowsAsync<ImageException>(() => Disks.OpenAsync("qed", file));
        Assert.Contains("was not closed cleanly", error.Message, StringComparison.Ordinal);
        Assert.Contains("used by another entry", error.Message, StringComparison.Ordinal);
        await using Image reader = await Disks.OpenReadOnlyAsync("qed", file);
        Assert.True(reader.IsDirty);
    }

    private static async Task<string> CreateAsync(TempFolder folder)
    {
        string file = folder.File("disk.qed");
        await Qemu.ImgAsync("create", "-q", "-f", "qed", file, "4M");
        return file;
    }

    private static void Poke(string file, int at, ulong value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Position = at;
        stream.Write(bytes);
    }

    private static ulong Peek(string file, int at)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = at;
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
