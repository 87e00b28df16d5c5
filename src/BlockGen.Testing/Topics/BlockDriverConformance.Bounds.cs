namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>Requests of no length do nothing.</summary>
    [Fact]
    public Task Bounds_requests_of_no_length_do_nothing() =>
        ForEachShapeAsync("[GuestSize]", async recipe =>
        {
            CountingStorage storage = new(await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false));
            await UseAsync(recipe.OpenAsync(storage), async image =>
            {
                foreach (int offset in (int[])[0, 1, DiskBytes])
                {
                    Assert.Empty(await image.ReadAsync(offset, 0).ConfigureAwait(false));
                    await image.WriteAsync(offset, ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
                    await image.ZeroAsync(offset, 0).ConfigureAwait(false);
                    await image.DiscardAsync(offset, 0).ConfigureAwait(false);
                }

                Assert.Equal(0, storage.Bytes(StorageOperation.Write));
                image.ExpectIdle();
                await image.ExpectSoundAsync().ConfigureAwait(false);
                await image.ExpectContentAsync(new byte[DiskBytes]).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });

    /// <summary>Requests past the end are refused with the file and the range, and change nothing.</summary>
    [Fact]
    public Task Bounds_requests_past_the_end_are_refused() =>
        ForEachShapeAsync("[GuestSize]", async recipe =>
        {
            ulong end = (ulong)DiskBytes;
            (ulong Offset, int Length)[] outside =
                [(end, 1), (end - 1, 2), (0, DiskBytes + 1), (ulong.MaxValue, 1), (1UL << 63, 512),
                 (ulong.MaxValue - 511, 512), (end + 1, 0)];
            MemoryStorage storage = await recipe.CreateAsync(end).ConfigureAwait(false);
            await UseAsync(recipe.OpenAsync(storage), async image =>
            {
                foreach ((ulong offset, int length) in outside)
                {
                    GuestRange range = new(offset, (ulong)length);
                    byte[] bytes = new byte[length];
                    CancellationToken none = CancellationToken.None;
                    await RefusedAsync(image, () => image.ReadAsync(range.Start, bytes, none)).ConfigureAwait(false);
                    await RefusedAsync(image, () => image.WriteAsync(range.Start, bytes, none)).ConfigureAwait(false);
                    await RefusedAsync(image, () => image.WriteZeroesAsync(range, ZeroMode.MayUnmap, none))
                        .ConfigureAwait(false);
                    await RefusedAsync(image, () => image.DiscardAsync(range, none)).ConfigureAwait(false);
                }

                image.ExpectIdle();
                await image.ExpectSoundAsync().ConfigureAwait(false);
                await image.ExpectContentAsync(new byte[DiskBytes]).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });

    /// <summary>An image opened read-only refuses every change and is left alone, byte by byte.</summary>
    [Fact]
    public Task Bounds_a_read_only_image_is_left_alone() =>
        ForEachShapeAsync("[DirtyMark]", async recipe =>
        {
            MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
            byte[] content = new byte[DiskBytes];
            ImageExpectations.RandomBytes(5000, 1).CopyTo(content, 0);
            await UseAsync(recipe.OpenAsync(storage), image => image.WriteAsync(0, content.AsMemory(0, 5000)).AsTask())
                .ConfigureAwait(false);
            byte[] before = storage.ToArray();
            CountingStorage counting = new(storage);
            await UseAsync(recipe.OpenAsync(counting, new OpenOptions { ReadOnly = true }), async image =>
            {
                Assert.True(image.IsReadOnly);
                await image.ExpectContentAsync(content).ConfigureAwait(false);
                foreach (int offset in (int[])[0, DiskBytes / 2])
                {
                    await ReadOnlyAsync(() => image.WriteAsync(offset, new byte[1])).ConfigureAwait(false);
                    await ReadOnlyAsync(() => image.ZeroAsync(offset, 512)).ConfigureAwait(false);
                    await ReadOnlyAsync(() => image.DiscardAsync(offset, 512)).ConfigureAwait(false);
                }

                await image.FlushAsync().ConfigureAwait(false);
                await image.ExpectSoundAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
            Assert.Equal(0, counting.Requests(StorageOperation.Write));
            Assert.Equal(before, storage.ToArray());

            MemoryStorage sealedStorage = new(before, "sealed") { IsReadOnly = true };
            await UseAsync(recipe.OpenAsync(sealedStorage), async image =>
            {
                Assert.True(image.IsReadOnly);
                await ReadOnlyAsync(() => image.WriteAsync(0, new byte[1])).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });

    private static Task ReadOnlyAsync(Func<ValueTask> change) =>
        Assert.ThrowsAsync<IOException>(() => change().AsTask());
}
