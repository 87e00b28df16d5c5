using BlockGen.Drivers.Tests.Streaming;

namespace BlockGen.Drivers.Tests.Requests;

/// <summary>Images that are closed while others still use them.</summary>
public sealed class ClosingTests
{
    private const int WorkerCount = 8;
    private const int DiskBytes = 2 << 20;

    [Theory]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    [InlineData("raw")]
    public async Task Flushes_and_a_close_at_once_lose_nothing(string format)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            MemoryStorage storage = await MemoryDisk.CreateAsync(format, $"size={DiskBytes}");
            byte[] bytes = MemoryDisk.RandomBytes(DiskBytes, seed);
            Image image = await MemoryDisk.OpenAsync(new JitterStorage(storage, seed), format);
            await image.WriteAsync(0, bytes);
            Task[] flushes =
                [.. Enumerable.Range(0, WorkerCount).Select(_ => Task.Run(() => image.FlushAsync().AsTask()))];
            await image.DisposeAsync();
            await Task.WhenAll(flushes);
            await image.DisposeAsync();
            await using Image again = await MemoryDisk.OpenAsync(storage, format, new OpenOptions { ReadOnly = true });
            Assert.False(again.IsDirty);
            await again.ExpectContentAsync(bytes);
            await again.ExpectSoundAsync();
        }
    }

    [Theory]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    public async Task Requests_that_run_while_the_image_is_closed_leave_it_sound(string format)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            MemoryStorage storage = await MemoryDisk.CreateAsync(format, $"size={DiskBytes}");
            Image image = await MemoryDisk.OpenAsync(new JitterStorage(storage, seed), format);
            await image.WriteAsync(0, MemoryDisk.RandomBytes(100_000, seed));
            await image.FlushAsync();
            Task[] writes = [.. Enumerable.Range(1, WorkerCount).Select(worker =>
                Task.Run(() => image.WriteAsync(worker * 200_000, MemoryDisk.RandomBytes(50_000, worker)).AsTask()))];
            await image.DisposeAsync();
            await Task.WhenAll(writes);
            image.ExpectIdle();
            await using Image again = await MemoryDisk.OpenAsync(storage, format);
            await again.ExpectSoundAsync(mayLeak: true);
            Assert.Equal(MemoryDisk.RandomBytes(100_000, seed), await again.ReadAsync(0, 100_000));
        }
    }

    [Theory]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    [InlineData("raw")]
    public async Task Requests_to_a_file_that_is_closed_succeed_or_say_so(string format)
    {
        string path = Path.Combine(Path.GetTempPath(), $"blockgen-{Guid.NewGuid()}");
        try
        {
            await using (FileStorage storage = FileStorage.Create(path))
            {
                await MemoryDisk.FormatAsync(storage, format, $"size={DiskBytes}");
            }

            Image image = await MemoryDisk.OpenAsync(FileStorage.Open(path), format);
            await image.WriteAsync(0, MemoryDisk.RandomBytes(100_000, 1));
            Task[] writes = [.. Enumerable.Range(1, WorkerCount).Select(worker =>
                Task.Run(() => image.WriteAsync(worker * 200_000, MemoryDisk.RandomBytes(50_000, worker)).AsTask()))];
            await image.DisposeAsync();
            await Task.WhenAll(writes.Select(write => write.ContinueWith(
                done => Assert.True(
                    done.Exception?.InnerException is null or IOException or ObjectDisposedException,
                        $"{done.Exception}"),
                TaskScheduler.Default)));
            await image.DisposeAsync();
            await using Image again = await MemoryDisk.OpenAsync(FileStorage.Open(path), format);
            await again.ExpectSoundAsync(mayLeak: true);
            Assert.Equal(MemoryDisk.RandomBytes(100_000, 1), await again.ReadAsync(0, 100_000));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
