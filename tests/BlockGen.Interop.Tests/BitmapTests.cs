using System.Buffers.Binary;

namespace BlockGen.Interop.Tests;

/// <summary>Bitmaps inside qcow2 images that this library and QEMU hand each other.</summary>
public sealed class BitmapTests
{
    private const int DiskBytes = 10 << 20;
    private const int GranularityBytes = 4096;

    private static readonly (int At, int Length)[] s_writes = [(5000, 1), (1 << 20, 100_000), (DiskBytes - 700, 700)];

    [Theory]
    [InlineData("")]
    [InlineData("cluster_size=512,refcount_bits=8")]
    [InlineData("cluster_size=2M")]
    public async Task Ours_record_what_qemu_writes_and_come_back_through_qemu(string options)
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Disks.CreateAsync("qcow2", file, $"{options},size={DiskBytes}");
        await ChangeAsync(file, async bitmaps =>
        {
            await bitmaps.AddAsync("written", GranularityBytes, isRecording: true, CancellationToken.None);
            await bitmaps.AddAsync("idle", null, isRecording: false, CancellationToken.None);
        });
        await Qemu.CheckCleanAsync("qcow2", file);
        await Qemu.IoAsync("qcow2", file, s_writes.Select(write => $"write -P 7 {write.At} {write.Length}"));
        await Qemu.ImgAsync("bitmap", "--add", "--disable", "-g", "512", "--merge", "written", "-f", "qcow2", file, "finer");

        // What QEMU merged, it had read from what we stored.
        await ChangeAsync(file, async bitmaps =>
        {
            await bitmaps.MergeAsync("idle", await bitmaps.ReadAsync("finer", CancellationToken.None), CancellationToken.None);
            await bitmaps.SetRecordingAsync("written", isRecording: false, CancellationToken.None);
        });
        await Qemu.CheckCleanAsync("qcow2", file);
        await Qemu.ImgAsync("bitmap", "--merge", "idle", "-f", "qcow2", file, "finer");
        await using Image image = await OpenAsync(file);
        Assert.Equal(
            ["written/4096", $"idle/{Math.Clamp(image.ClusterBytes, 4096, 65536)}", "finer/512"],
            image.Bitmaps!.All.Select(bitmap => $"{bitmap.Name}/{bitmap.GranularityBytes}"));
        Assert.All(image.Bitmaps.All, bitmap => Assert.False(bitmap.IsRecording || bitmap.IsInconsistent));
        await ExpectBitsAsync(image, "written", GranularityBytes);
        await ExpectBitsAsync(image, "idle", image.Bitmaps.All[1].GranularityBytes);
        await ExpectBitsAsync(image, "finer", image.Bitmaps.All[1].GranularityBytes);
        await image.ExpectCleanAsync();
    }

    [Fact]
    public async Task Cleared_and_removed_ones_leave_nothing_behind()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", "-o", "cluster_size=512", file, $"{DiskBytes}");
        await Qemu.ImgAsync("bitmap", "--add", "-g", "512", file, "one");
        await Qemu.ImgAsync("bitmap", "--add", "-g", "4k", file, "two");
        await Qemu.IoAsync("qcow2", file, [$"write -P 1 0 {DiskBytes}"]);
        await ChangeAsync(file, bitmaps => bitmaps.ClearAsync("one", CancellationToken.None));
        await Qemu.CheckCleanAsync("qcow2", file);
        await using (Image image = await OpenAsync(file))
        {
            BitmapBits bits = await image.Bitmaps!.ReadAsync("one", CancellationToken.None);
            Assert.True(bits.Bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0);
            bits = await image.Bitmaps.ReadAsync("two", CancellationToken.None);
            Assert.True(bits.Bytes.AsSpan().IndexOfAnyExcept((byte)255) < 0);
        }

        await ChangeAsync(file, bitmaps => bitmaps.RemoveAsync("one", CancellationToken.None));
        await ChangeAsync(file, bitmaps => bitmaps.RemoveAsync("two", CancellationToken.None));
        await Qemu.CheckCleanAsync("qcow2", file);
        Assert.DoesNotContain("bitmaps", await Qemu.ImgAsync("info", file), StringComparison.Ordinal);
        await using Image changed = await Disks.OpenAsync("qcow2", file);
        await changed.WriteAsync(new GuestOffset(0), new byte[512], CancellationToken.None);
    }

    [Fact]
    public async Task What_qemu_left_in_use_can_only_be_removed()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", file, $"{DiskBytes}");
        await Qemu.ImgAsync("bitmap", "--add", "--disable", file, "stale");
        await Qemu.RunAsync("qemu-io", "", "-c", "write 0 64k", "-c", "flush", "-c", "abort", file);
        await ChangeAsync(file, async bitmaps =>
        {
            Assert.True(Assert.Single(bitmaps.All).IsInconsistent);
            BitmapException refusal = await Assert.ThrowsAsync<BitmapException>(
                async () => await bitmaps.ClearAsync("stale", CancellationToken.None));
            Assert.StartsWith("Bitmap 'stale' is inconsistent and cannot be used", refusal.Message, StringComparison.Ordinal);
            await bitmaps.RemoveAsync("stale", CancellationToken.None);
        });
        await Qemu.CheckCleanAsync("qcow2", file);
    }

    /// <summary>Nothing here records, so nobody writes; what does not record stays as it is.</summary>
    [Fact]
    public async Task Guests_write_beside_bitmaps_that_do_not_record()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await File.WriteAllBytesAsync(folder.File("base.raw"), Disks.RandomBytes(DiskBytes, 1));
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", "-b", "base.raw", "-F", "raw", file);
        await Qemu.ImgAsync("bitmap", "--add", file, "b");
        ImageException refusal = await Assert.ThrowsAsync<ImageException>(() => Disks.OpenAsync("qcow2", file));
        Assert.Contains("has persistent bitmaps that record", refusal.Message, StringComparison.Ordinal);
        await ChangeAsync(file, bitmaps => bitmaps.SetRecordingAsync("b", isRecording: false, CancellationToken.None));
        await using (Image image = await Disks.OpenAsync("qcow2", file))
        {
            await image.WriteAsync(new GuestOffset(1000), new byte[5000], CancellationToken.None);
            await Assert.ThrowsAsync<ImageException>(async () =>
                await image.Bitmaps!.SetRecordingAsync("b", isRecording: true, CancellationToken.None));
            await image.Snapshots!.CreateAsync("s", CancellationToken.None);
            await Assert.ThrowsAsync<ImageException>(async () =>
                await image.Snapshots.ApplyAsync("1", CancellationToken.None));
            await image.RewriteBackingLinkAsync(new BackingLink("./base.raw", "raw"), CancellationToken.None);
        }

        await Qemu.CheckCleanAsync("qcow2", file);
        Assert.Contains("name: b", await Qemu.ImgAsync("info", file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bitmap_of_an_unknown_kind_is_kept()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", file, $"{DiskBytes}");
        await Qemu.ImgAsync("bitmap", "--add", "--disable", file, "unknown");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int name = bytes.AsSpan().LastIndexOf("unknown"u8);
        bytes[name - 8] = 2;
        await File.WriteAllBytesAsync(file, bytes);
        await ChangeAsync(file, async bitmaps =>
        {
            Assert.Empty(bitmaps.All);
            await bitmaps.AddAsync("known", null, isRecording: false, CancellationToken.None);
            await bitmaps.ClearAsync("known", CancellationToken.None);
        });
        await using Image image = await OpenAsync(file);
        FormatDetail shown = image.Details.Single(detail => detail.Name == "bitmaps");
        Assert.Equal(["unknown", "known"], shown.Items!.Select(item => item[1].Value));
        await image.ExpectCleanAsync();
    }

    /// <summary>Every number of the lists of bitmaps, at values that files should not have.</summary>
    [Fact]
    public async Task Spoilt_lists_are_refused_in_words()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", file, $"{DiskBytes}");
        await Qemu.ImgAsync("bitmap", "--add", file, "bitmap-of-a-test");
        byte[] sound = await File.ReadAllBytesAsync(file);
        int extension = sound.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x23, 0x85, 0x28, 0x75]);
        int entry = sound.AsSpan().LastIndexOf("bitmap-of-a-test"u8) - 24;
        int refused = 0;
        foreach (int at in (int[])[.. Enumerable.Range(extension + 4, 28), .. Enumerable.Range(entry, 24)])
        {
            foreach (byte value in (byte[])[0, 1, 0x7f, 0xff])
            {
                byte[] spoilt = [.. sound];
                spoilt[at] = value;
                MemoryStorage storage = new(spoilt, "spoilt");
                try
                {
                    await using Image image = await new FormatRegistry(Drivers.DiskFormats.All).OpenAsync(
                        storage, "qcow2", new OpenOptions { ReadOnly = true }, CancellationToken.None);
                    foreach (ImageBitmap bitmap in image.Bitmaps!.All.Where(bitmap => !bitmap.IsInconsistent))
                    {
                        await image.Bitmaps.ReadAsync(bitmap.Name, CancellationToken.None);
                    }

                    await image.CheckAsync(CancellationToken.None);
                }
                catch (ImageException)
                {
                    refused++;
                }
            }
        }

        Assert.InRange(refused, 40, 200);
    }

    [Fact]
    public async Task A_table_of_more_bits_than_there_can_be_is_refused_before_it_is_read()
    {
        using TempFolder folder = new();
        string file = folder.File("disk.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", file, $"{DiskBytes}");
        await Qemu.ImgAsync("bitmap", "--add", file, "bitmap-of-a-test");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int entry = bytes.AsSpan().LastIndexOf("bitmap-of-a-test"u8) - 24;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(entry + 8), 8193);
        await File.WriteAllBytesAsync(file, bytes);
        await using (FileStream longer = File.OpenWrite(file))
        {
            longer.SetLength(1L << 30);
        }

        ImageException refusal = await Assert.ThrowsAnyAsync<ImageException>(() => OpenAsync(file));
        Assert.Contains("TableEntryCount", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("is more than the 8192 clusters of bits", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The image has the bitmaps of before or of afterwards, and no errors.</summary>
    [Fact]
    public async Task A_power_cut_leaves_the_bitmaps_of_before_or_of_afterwards()
    {
        using TempFolder folder = new();
        string file = folder.File("cut.qcow2");
        await Qemu.ImgAsync("create", "-q", "-f", "qcow2", "-o", "cluster_size=4k", file, $"{DiskBytes}");
        await Qemu.ImgAsync("bitmap", "--add", "-g", "4k", file, "old");
        await Qemu.IoAsync("qcow2", file, s_writes.Select(write => $"write -P 7 {write.At} {write.Length}"));
        MemoryStorage disk = new(await File.ReadAllBytesAsync(file), "cut");
        PowerCutStorage storage = await PowerCutStorage.StartAsync(disk, CancellationToken.None);
        await using (Image image = await OpenStorageAsync(storage))
        {
            IImageBitmaps bitmaps = image.Bitmaps!;
            await bitmaps.AddAsync("new", 4096, isRecording: true, CancellationToken.None);
            await bitmaps.MergeAsync("new", await bitmaps.ReadAsync("old", CancellationToken.None), CancellationToken.None);
            await bitmaps.RemoveAsync("old", CancellationToken.None);
        }

        HashSet<string> seen = [];
        PowerCutState[] states = [.. storage.States(mostPerCut: 4, seed: 1)];
        foreach (PowerCutState state in states)
        {
            await using Image image = await OpenStorageAsync(storage.Materialize(state));
            CheckReport report = await image.CheckAsync(CancellationToken.None);
            Assert.True(report.Errors == 0, $"{state}: {string.Join("; ", report.Findings)}");
            List<string> found = [];
            foreach (ImageBitmap bitmap in image.Bitmaps!.All)
            {
                BitmapBits bits = await image.Bitmaps.ReadAsync(bitmap.Name, CancellationToken.None);
                bool isEmpty = bits.Bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0;
                found.Add(isEmpty ? $"empty {bitmap.Name}" : bitmap.Name);
                if (!isEmpty)
                {
                    await ExpectBitsAsync(image, bitmap.Name, GranularityBytes);
                }
            }

            seen.Add(string.Join(", ", found));
        }

        Assert.Equal(["new", "old", "old, empty new", "old, new"], seen.Order());
        Random random = new(1);
        random.Shuffle(states);
        foreach (PowerCutState state in states.Take(10))
        {
            await File.WriteAllBytesAsync(file, storage.Materialize(state).ToArray());

            // Leaks at worst. QEMU's own repair leaks when it stores bitmaps anew.
            (int exitCode, string found) = await Qemu.RunAsync("qemu-img", "", "check", file);
            Assert.True(exitCode is 0 or 3, $"{state}: {found}");
            await using (Image image = await Disks.OpenAsync("qcow2", file, ForMetadata))
            {
                await image.RepairAsync(RepairKind.Leaks, CancellationToken.None);
            }

            await Qemu.CheckCleanAsync("qcow2", file);
        }
    }

    /// <summary>The bits of what QEMU wrote, and no others.</summary>
    private static async Task ExpectBitsAsync(Image image, string name, ulong roundedTo)
    {
        BitmapBits expected = new(DiskBytes, roundedTo);
        foreach ((int at, int length) in s_writes)
        {
            expected.Set(new GuestRange((ulong)at, (ulong)length));
        }

        BitmapBits found = await image.Bitmaps!.ReadAsync(name, CancellationToken.None);
        BitmapBits inFoundsUnits = new(DiskBytes, found.GranularityBytes);
        inFoundsUnits.Add(expected);
        Assert.Equal(
            Enumerable.Range(0, (int)found.Count).Select(bit => inFoundsUnits.IsSet((ulong)bit)),
            Enumerable.Range(0, (int)found.Count).Select(bit => found.IsSet((ulong)bit)));
    }

    private static async Task ChangeAsync(string file, Func<IImageBitmaps, ValueTask> change)
    {
        await using Image image = await Disks.OpenAsync("qcow2", file, ForMetadata);
        await change(image.Bitmaps!);
    }

    private static OpenOptions ForMetadata => new() { MetadataOnly = true, Gate = Disks.OpenBeside };

    private static async Task<Image> OpenStorageAsync(IStorage storage) =>
        await new FormatRegistry(Drivers.DiskFormats.All).OpenAsync(storage, "qcow2", ForMetadata, CancellationToken.None);

    private static Task<Image> OpenAsync(string file) => Disks.OpenReadOnlyAsync("qcow2", file);
}
