namespace BlockGen.Drivers.Tests.Resizing;

/// <summary>What cannot be resized is told of, and left as it was.</summary>
public sealed class ResizeRefusalTests
{
    [Theory]
    [InlineData("qed", "cluster_size=4096,table_size=1", 1UL << 40, "ImageSize")]
    [InlineData("qed", "", (1UL << 20) + 1, "ImageSize")]
    [InlineData("vdi", "", 200UL << 20, "BlocksInImage")]
    [InlineData("vdi", "", 1UL << 60, "BlocksInImage")]
    public async Task A_size_without_room_is_refused_with_the_field(
        string format, string options, ulong length, string field)
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync(format, $"{options},size=1M");
        byte[] before = storage.ToArray();
        await using (Image image = await MemoryDisk.OpenAsync(storage, format))
        {
            ImageException refusal = await Assert.ThrowsAsync<ImageException>(
                () => image.ResizeAsync(length, Preallocation.Off, CancellationToken.None).AsTask());
            string reason = $"disk.{format}: the disk cannot have {length} bytes: {field}";
            Assert.StartsWith(reason, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(1UL << 20, image.Length);
            image.ExpectIdle();
        }

        Assert.Equal(before, storage.ToArray());
    }

    [Theory]
    [InlineData("qed", 1UL << 19, Preallocation.Off, "Shrinking images is currently not supported")]
    [InlineData("vdi", 1UL << 19, Preallocation.Off, "Shrinking images is currently not supported")]
    [InlineData("qed", 1UL << 21, Preallocation.Full, "Unsupported preallocation mode 'full'")]
    [InlineData("raw", 1UL << 21, Preallocation.Metadata, "Unsupported preallocation mode: metadata")]
    [InlineData("raw", 1UL << 20, Preallocation.Full, "Preallocation can only be used for growing images")]
    [InlineData("parallels", 1UL << 21, Preallocation.Off, "Image format driver does not support resize")]
    public async Task What_a_format_cannot_do_is_told_in_QEMUs_words(
        string format, ulong length, Preallocation preallocation, string message)
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync(format, "size=1M");
        await using Image image = await MemoryDisk.OpenAsync(storage, format);
        NotSupportedException refusal = await Assert.ThrowsAsync<NotSupportedException>(
            () => image.ResizeAsync(length, preallocation, CancellationToken.None).AsTask());
        Assert.Equal(message, refusal.Message);
        Assert.Equal(1UL << 20, image.Length);
    }

    [Fact]
    public async Task A_window_of_a_file_has_a_fixed_size()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("raw", "size=1M");
        OpenOptions window = new() { DriverOptions = new Dictionary<string, string> { ["size"] = "4096" } };
        await using Image image = await MemoryDisk.OpenAsync(storage, "raw", window);
        await Assert.ThrowsAsync<ImageException>(
            () => image.ResizeAsync(8192, Preallocation.Off, CancellationToken.None).AsTask());
        Assert.Equal(4096UL, image.Length);
        Assert.Equal(1UL << 20, storage.Length);
    }

    [Fact]
    public async Task An_image_that_is_being_streamed_keeps_its_size()
    {
        MemoryStorage storage = await MemoryDisk.CreateAsync("qed", "size=1M", new BackingLink("below", "raw"));
        await using Image image = await MemoryDisk.OpenOverAsync(storage, "qed", RandomBytes(1 << 20, 1));
        StreamJob job = image.StartStream(new StreamOptions { SpeedBytesPerSecond = 1 });
        await Assert.ThrowsAsync<ImageException>(
            () => image.ResizeAsync(2 << 20, Preallocation.Off, CancellationToken.None).AsTask());
        await job.CancelAsync();
        await image.ResizeAsync(2 << 20, Preallocation.Off, CancellationToken.None);
        Assert.Equal(2UL << 20, image.Length);
    }
}
