namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    private const int ClosedBytes = 2 << 20;

    /// <summary>A flush of nothing costs one flush; it writes nothing again.</summary>
    [Fact]
    public Task Closing_and_flushing_a_flush_of_nothing_costs_one_flush() =>
        ForEachShapeAsync(WriteOrderDeclaration, async recipe =>
        {
            CountingStorage storage = new(await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false));
            await UseAsync(recipe.OpenAsync(storage), async image =>
            {
                await image.WriteAsync(0, ImageExpectations.RandomBytes(5000, 1)).ConfigureAwait(false);
                await image.FlushAsync().ConfigureAwait(false);
                long writes = storage.Requests(StorageOperation.Write);
                long flushes = storage.Requests(StorageOperation.Flush);
                await image.FlushAsync().ConfigureAwait(false);
                Assert.Equal(writes, storage.Requests(StorageOperation.Write));
                Assert.Equal(flushes + 1, storage.Requests(StorageOperation.Flush));
            }).ConfigureAwait(false);
        });

    /// <summary>
    /// A flush waits for what another one is writing; when that one is cancelled it writes it itself.
    /// </summary>
    [Fact]
    public Task Closing_and_flushing_a_flush_waits_for_what_another_one_is_writing() =>
        ForEachShapeAsync(WriteOrderDeclaration, async recipe =>
        {
            foreach (bool isCancelled in (bool[])[false, true])
            {
                MemoryStorage disk = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
                FaultStorage storage = new(disk);
                byte[] bytes = ImageExpectations.RandomBytes(5000, 1);
                await UseAsync(recipe.OpenAsync(storage), async image =>
                {
                    await image.WriteAsync(0, bytes).ConfigureAwait(false);
                    StorageOperation last = image.ClusterBytes == 0 ? StorageOperation.Flush : StorageOperation.Write;
                    storage.Rule = FaultRules.On(last, Fault.Hang);
                    using CancellationTokenSource cancel = new();
                    Task first = image.FlushAsync(cancel.Token).AsTask();
                    await storage.WaitForHangAsync(1, CancellationToken.None).ConfigureAwait(false);
                    Task second = image.FlushAsync().AsTask();
                    Assert.False(second.IsCompleted, "a flush returned while the tables were being written");
                    if (isCancelled)
                    {
                        await cancel.CancelAsync().ConfigureAwait(false);
                    }

                    storage.Rule = null;
                    storage.Release();
                    await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    await second.ConfigureAwait(false);
                    image.ExpectIdle();
                    await UseAsync(recipe.OpenAsync(disk, new OpenOptions { ReadOnly = true }), async reader =>
                    {
                        await reader.ExpectBytesAsync(0, bytes).ConfigureAwait(false);
                        await reader.ExpectSoundAsync().ConfigureAwait(false);
                    }).ConfigureAwait(false);
                }).ConfigureAwait(false);
            }
        });

    /// <summary>Flushes and a close at once lose nothing.</summary>
    [Fact]
    public Task Closing_and_flushing_at_once_lose_nothing() =>
        ForEachShapeAsync(WriteOrderDeclaration, async recipe =>
        {
            for (int seed = 0; seed < 5; seed++)
            {
                MemoryStorage storage = await recipe.CreateAsync(ClosedBytes).ConfigureAwait(false);
                byte[] bytes = ImageExpectations.RandomBytes(ClosedBytes, seed);
                Image image = await recipe.OpenAsync(new JitterStorage(storage, seed)).ConfigureAwait(false);
                await image.WriteAsync(0, bytes).ConfigureAwait(false);
                Task[] flushes =
                    [.. Enumerable.Range(0, WorkerCount).Select(_ => Task.Run(() => image.FlushAsync().AsTask()))];
                await image.DisposeAsync().ConfigureAwait(false);
                await Task.WhenAll(flushes).ConfigureAwait(false);
                await image.DisposeAsync().ConfigureAwait(false);
                await UseAsync(recipe.OpenAsync(storage, new OpenOptions { ReadOnly = true }), async again =>
                {
                    Assert.False(again.IsDirty, "the image was closed and is marked as if it were open");
                    await again.ExpectContentAsync(bytes).ConfigureAwait(false);
                    await again.ExpectSoundAsync().ConfigureAwait(false);
                }).ConfigureAwait(false);
            }
        });

    /// <summary>Requests that run while an image on a file is closed succeed or say so, and leave it sound.</summary>
    [Fact]
    public Task Closing_while_requests_run_leaves_the_image_sound() =>
        ForEachShapeAsync(WriteOrderDeclaration, async recipe =>
        {
            for (int seed = 0; seed < 5; seed++)
            {
                MemoryStorage storage = await recipe.CreateAsync(ClosedBytes).ConfigureAwait(false);
                await CloseWhileWritingAsync(recipe, () => new JitterStorage(storage, seed)).ConfigureAwait(false);
            }

            string path = Path.Combine(Path.GetTempPath(), $"blockgen-{Guid.NewGuid()}");
            try
            {
                FileStorage file = FileStorage.Create(path);
                await using (file.ConfigureAwait(false))
                {
                    await recipe.FormatAsync(file, ClosedBytes).ConfigureAwait(false);
                }

                await CloseWhileWritingAsync(recipe, () => FileStorage.Open(path)).ConfigureAwait(false);
            }
            finally
            {
                File.Delete(path);
            }
        });

    private static async Task CloseWhileWritingAsync(ImageRecipe recipe, Func<IStorage> open)
    {
        byte[] kept = ImageExpectations.RandomBytes(100_000, 1);
        Image image = await recipe.OpenAsync(open()).ConfigureAwait(false);
        await image.WriteAsync(0, kept).ConfigureAwait(false);
        await image.FlushAsync().ConfigureAwait(false);
        Task[] writes = [.. Enumerable.Range(1, WorkerCount).Select(worker => Task.Run(
            () => image.WriteAsync(worker * 200_000, ImageExpectations.RandomBytes(50_000, worker)).AsTask()))];
        await image.DisposeAsync().ConfigureAwait(false);
        foreach (Task write in writes)
        {
            await write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.True(
                write.Exception?.InnerException is null or IOException or ObjectDisposedException,
                $"{write.Exception}");
        }

        image.ExpectIdle();
        await UseAsync(recipe.OpenAsync(open()), async again =>
        {
            await again.ExpectSoundAsync(mayLeak: true).ConfigureAwait(false);
            await again.ExpectBytesAsync(0, kept).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }
}
