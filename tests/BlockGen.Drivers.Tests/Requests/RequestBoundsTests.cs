namespace BlockGen.Drivers.Tests.Requests;

/// <summary>Requests of no length, past the end, and changes of images that may not change.</summary>
public sealed class RequestBoundsTests
{
    private const int DiskBytes = (2 << 20) + 512;

    public static TheoryData<string> FormatNames => new(["raw", "qed", "vdi", "parallels"]);

    [Theory]
    [MemberData(nameof(FormatNames))]
    public async Task Requests_of_no_length_do_nothing(string format)
    {
        CountingStorage storage = new(await MemoryDisk.CreateAsync(format, $"size={DiskBytes}"));
        await using Image image = await MemoryDisk.OpenAsync(storage, format);
        foreach (int offset in (int[])[0, 1, DiskBytes])
        {
            Assert.Empty(await image.ReadAsync(offset, 0));
            await image.WriteAsync(offset, ReadOnlyMemory<byte>.Empty);
            await image.ZeroAsync(offset, 0);
            await image.DiscardAsync(offset, 0);
        }

        if (image.ClusterBytes > 0)
        {
            Assert.Equal(0, storage.Requests(StorageOperation.Write));
            await image.ExpectSoundAsync();
        }

        image.ExpectIdle();
        await image.ExpectContentAsync(new byte[DiskBytes]);
    }

    [Theory]
    [MemberData(nameof(FormatNames))]
    public async Task Requests_past_the_end_are_refused_with_the_file_and_range(string format)
    {
        await using Image image = await MemoryDisk.OpenAsync(
            await MemoryDisk.CreateAsync(format, $"size={DiskBytes}"), format);
        (ulong Offset, int Length)[] outside =
            [(DiskBytes, 1), (DiskBytes - 1, 2), (0, DiskBytes + 1), (ulong.MaxValue, 1), (1UL << 63, 512),
             (ulong.MaxValue - 511, 512), (DiskBytes + 1, 0)];
        foreach ((ulong offset, int length) in outside)
        {
            GuestRange range = new(offset, (ulong)length);
            GuestOffset start = new(offset);
            byte[] bytes = new byte[length];
            await RefusedAsync(image, () => image.ReadAsync(start, bytes, CancellationToken.None));
            await RefusedAsync(image, () => image.WriteAsync(start, bytes, CancellationToken.None));
            await RefusedAsync(image, () => image.WriteZeroesAsync(range, ZeroMode.MayUnmap, CancellationToken.None));
            await RefusedAsync(image, () => image.DiscardAsync(range, CancellationToken.None));
        }

        image.ExpectIdle();
        await image.ExpectSoundAsync();
        await image.ExpectContentAsync(new byte[DiskBytes]);
    }

    [Theory]
    [MemberData(nameof(FormatNames))]
    public async Task A_read_only_image_refuses_every_change_and_is_left_alone(string format)
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync(format, $"size={DiskBytes}");
        byte[] before = storage.ToArray();
        CountingStorage counting = new(storage);
        await using (Image image = await MemoryDisk.OpenAsync(counting, format, new OpenOptions { ReadOnly = true }))
        {
            Assert.True(image.IsReadOnly);
            await Assert.ThrowsAsync<IOException>(() => image.WriteAsync(0, new byte[1]).AsTask());
            await Assert.ThrowsAsync<IOException>(() => image.ZeroAsync(0, 512).AsTask());
            await Assert.ThrowsAsync<IOException>(() => image.DiscardAsync(0, 512).AsTask());
            await image.FlushAsync();
            await image.ExpectContentAsync(new byte[DiskBytes]);
            await image.ExpectSoundAsync();
        }

        Assert.Equal(0, counting.Requests(StorageOperation.Write));
        Assert.Equal(before, storage.ToArray());
    }

    [Theory]
    [MemberData(nameof(FormatNames))]
    public async Task A_read_only_storage_makes_a_read_only_image(string format)
    {
        MemoryStorage written = await MemoryDisk.CreateAsync(format, $"size={DiskBytes}");
        MemoryStorage storage = new(written.ToArray(), "sealed") { IsReadOnly = true };
        await using Image image = await MemoryDisk.OpenAsync(storage, format);
        Assert.True(image.IsReadOnly);
        await Assert.ThrowsAsync<IOException>(() => image.WriteAsync(0, new byte[1]).AsTask());
    }

    private static async Task RefusedAsync(Image image, Func<ValueTask> request)
    {
        ArgumentOutOfRangeException error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => request().AsTask());
        Assert.Contains(image.Storage.Name, error.Message, StringComparison.Ordinal);
        Assert.Contains($"{DiskBytes} bytes", error.Message, StringComparison.Ordinal);
    }
}
