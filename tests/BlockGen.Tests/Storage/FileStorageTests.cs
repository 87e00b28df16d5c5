using System.IO.Pipes;

namespace BlockGen.Tests.Storage;

public sealed class FileStorageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Image => _folder.PathOf("image");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cached_reads_and_small_writes_do_not_allocate()
    {
        await using FileStorage storage = FileStorage.Create(Image);
        byte[] bytes = new byte[4096];
        long allocated = long.MaxValue; // what a request allocates shows in every round
        for (int round = 0; round < 100; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            await storage.WriteAsync(new HostOffset(4096), bytes, default);
            await storage.ReadAsync(new HostOffset(4096), bytes, default);
            await storage.ReadAsync(new HostOffset(6000), bytes, default);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Reads_what_the_page_cache_does_not_hold()
    {
        byte[] expected = new byte[3_000_000];
        new Random(5).NextBytes(expected);
        await using FileStorage storage = FileStorage.Create(Image);
        await storage.WriteAsync(new HostOffset(0), expected, default);
        await storage.FlushAsync(default);
        int descriptor = FileDescriptors.Find(Image);

        foreach (int length in (int[])[4096, 100_000, expected.Length])
        {
            FileDescriptors.Evict(descriptor);
            byte[] actual = new byte[length + 10];
            await storage.ReadAsync(new HostOffset((ulong)(expected.Length - length)), actual, default);
            Assert.Equal(expected[^length..], actual[..length]);
            Assert.Equal(new byte[10], actual[length..]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_file_holds_what_was_written_and_no_padding(bool isDirect)
    {
        byte[] expected = new byte[100_001];
        new Random(6).NextBytes(expected);
        await using (FileStorage storage = FileStorage.Create(Image, new FileStorageOptions { Direct = isDirect }))
        {
            await storage.WriteAsync(new HostOffset(0), expected.AsMemory(0, 70_003), default);
            await storage.WriteAsync(new HostOffset(70_003), expected.AsMemory(70_003), default);
            await storage.FlushAsync(default);
        }

        Assert.Equal(expected, await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Zeroed_and_skipped_ranges_are_holes()
    {
        await using FileStorage storage = FileStorage.Create(Image);
        byte[] mebibyte = new byte[1 << 20];
        Array.Fill(mebibyte, (byte)1);
        await storage.WriteAsync(new HostOffset(1 << 20), mebibyte, default);
        await storage.WriteAsync(new HostOffset(2 << 20), mebibyte, default);
        await storage.WriteZeroesAsync(new HostRange(2 << 20, 1 << 20), ZeroMode.MayUnmap, default);
        await storage.SetLengthAsync(4 << 20, default);

        StorageExtent skipped = await storage.MapAsync(new HostRange(0, 8 << 20), default);
        StorageExtent data = await storage.MapAsync(new HostRange(1 << 20, 8 << 20), default);
        StorageExtent zeroed = await storage.MapAsync(new HostRange(2 << 20, 8 << 20), default);

        Assert.Equal(new StorageExtent(1 << 20, IsHole: true), skipped);
        Assert.Equal(new StorageExtent(1 << 20, IsHole: false), data);
        Assert.Equal(new StorageExtent(8 << 20, IsHole: true), zeroed);
    }

    [Fact]
    public async Task A_failed_flush_makes_every_later_one_fail()
    {
        await using FileStorage storage = FileStorage.Create(Image);
        await storage.FlushAsync(default);

        // A pipe in the file's place cannot be flushed.
        using AnonymousPipeServerStream pipe = new();
        int descriptor = FileDescriptors.Find(Image);
        int file = FileDescriptors.Duplicate(descriptor);
        FileDescriptors.Replace(descriptor, (int)pipe.SafePipeHandle.DangerousGetHandle());
        IOException first = await Assert.ThrowsAsync<IOException>(async () => await storage.FlushAsync(default));
        FileDescriptors.Replace(descriptor, file);
        FileDescriptors.Close(file);
        IOException later = await Assert.ThrowsAsync<IOException>(async () => await storage.FlushAsync(default));

        Assert.StartsWith($"{Image}: flush: ", first.Message, StringComparison.Ordinal);
        Assert.Contains("an earlier flush failed, data is lost", later.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_device_is_told_from_other_errors()
    {
        await using FileStorage full = FileStorage.Open("/dev/full", new FileStorageOptions { Lock = false });
        IOException noSpace = await Assert.ThrowsAsync<IOException>(
            async () => await full.WriteAsync(new HostOffset(4096), new byte[512], default));
        Assert.Equal("/dev/full: write of 512 bytes at 0x1000: No space left on device", noSpace.Message);
        Assert.True(StorageErrors.IsNoSpace(noSpace));

        await using FileStorage storage = FileStorage.Create(Image);
        IOException tooLarge = await Assert.ThrowsAsync<IOException>(
            async () => await storage.WriteAsync(new HostOffset(1UL << 62), new byte[512], default));
        Assert.Equal($"{Image}: write of 512 bytes at 0x4000000000000000: File too large", tooLarge.Message);
        Assert.False(StorageErrors.IsNoSpace(tooLarge));
    }

    [Fact]
    public async Task A_read_only_file_refuses_every_change()
    {
        await File.WriteAllBytesAsync(Image, [1, 2, 3]);
        await using FileStorage storage = FileStorage.Open(Image, new FileStorageOptions { ReadOnly = true });
        HostRange range = new(0, 2);
        Func<ValueTask>[] changes =
        [
            () => storage.WriteAsync(range.Start, new byte[2], default),
            () => storage.WriteZeroesAsync(range, ZeroMode.MayUnmap, default),
            () => storage.DiscardAsync(range, default),
            () => storage.SetLengthAsync(1, default),
        ];

        foreach (Func<ValueTask> change in changes)
        {
            IOException error = await Assert.ThrowsAsync<IOException>(async () => await change());
            Assert.StartsWith(Image, error.Message, StringComparison.Ordinal);
            Assert.EndsWith("refused: the storage is read-only", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task What_cannot_be_opened_is_named()
    {
        FileNotFoundException missing = Assert.Throws<FileNotFoundException>(() => FileStorage.Open(Image));
        Assert.Contains(Image, missing.Message, StringComparison.Ordinal);

        string folder = Path.GetDirectoryName(Image)!;
        IOException noFile = Assert.Throws<IOException>(() => FileStorage.Open(folder));
        Assert.StartsWith($"{folder}: opening", noFile.Message, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(Image, [1]);
        FileStorageOptions fresh = new() { Creation = FileCreation.New };
        IOException present = Assert.Throws<IOException>(() => FileStorage.Create(Image, fresh));
        Assert.Contains(Image, present.Message, StringComparison.Ordinal);
        await using FileStorage replaced = FileStorage.Create(Image);
        Assert.Equal(0UL, replaced.Length);
    }

    [Fact]
    public async Task A_closed_file_is_not_used_any_more()
    {
        FileStorage storage = FileStorage.Create(Image);
        await storage.WriteAsync(new HostOffset(0), new byte[512], default);
        await storage.DisposeAsync();
        await storage.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await storage.ReadAsync(new HostOffset(0), new byte[512], default));
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await storage.WriteAsync(new HostOffset(0), new byte[512], default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await storage.FlushAsync(default));
    }
}
