namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    private const int LeastLength = (1 << 20) + 512;

    private const string ResizeDeclaration = "[Resize]";

    /// <summary>
    /// A longer disk keeps what it had and shows zeroes in what it gained, whatever the backing image has there.
    /// </summary>
    [Fact]
    public Task Resize_keeps_what_was_there_and_gains_zeroes() =>
        WhereItCanAsync(
            Format.CanResize,
            ResizeDeclaration,
            async recipe =>
            {
                int before = LeastLength;
                foreach (int after in (int[])[before + 512, DiskBytes])
                {
                    byte[] below = ImageExpectations.RandomBytes(Format.HasBacking ? after : 0, 3);
                    BackingLink? link = Format.HasBacking ? ImageRecipe.LinkBelow : null;
                    MemoryStorage storage = await recipe.CreateAsync((ulong)before, link).ConfigureAwait(false);
                    byte[] expected = new byte[after];
                    below.AsSpan(0, Math.Min(below.Length, before)).CopyTo(expected);
                    ImageExpectations.RandomBytes(before / 2, 1).CopyTo(expected, before - before / 2);
                    await UseAsync(recipe.OpenOverAsync(storage, below), async image =>
                    {
                        await image.WriteAsync(before - before / 2, expected.AsMemory(before - before / 2, before / 2))
                            .ConfigureAwait(false);
                        await ResizeAsync(image, after).ConfigureAwait(false);
                        await image.ExpectContentAsync(expected).ConfigureAwait(false);
                        await image.ExpectSoundAsync().ConfigureAwait(false);
                        image.ExpectIdle();
                        ImageExpectations.RandomBytes(300, 2).CopyTo(expected, after - 300);
                        await image.WriteAsync(after - 300, expected.AsMemory(after - 300)).ConfigureAwait(false);
                    }).ConfigureAwait(false);
                    await ExpectKeptAsync(recipe.OpenOverAsync(storage, below), expected).ConfigureAwait(false);
                }
            },
            ExpectNoResizeAsync);

    /// <summary>
    /// Bytes that the file holds past the disk's end do not come to light when the disk grows over them.
    /// </summary>
    [Fact]
    public Task Resize_does_not_show_stale_bytes_of_the_last_cluster() =>
        WhereItCanAsync(
            Format.CanResize,
            ResizeDeclaration,
            async recipe =>
            {
                MemoryStorage storage = await recipe.CreateAsync(LeastLength).ConfigureAwait(false);
                await UseAsync(recipe.OpenAsync(storage), async image =>
                {
                    byte[] last = ImageExpectations.RandomBytes(512, 1);
                    await image.WriteAsync(LeastLength - 512, last).ConfigureAwait(false);
                    await image.FlushAsync().ConfigureAwait(false);
                    Extent extent = await image.MapAsync(
                        new GuestRange(LeastLength - 512, 512), CancellationToken.None).ConfigureAwait(false);
                    if (image.ClusterBytes > 1024)
                    {
                        await storage.WriteAsync(
                            extent.Host + 512, ImageExpectations.RandomBytes(512, 2), CancellationToken.None)
                            .ConfigureAwait(false);
                    }

                    await ResizeAsync(image, DiskBytes).ConfigureAwait(false);
                    await image.ExpectBytesAsync(LeastLength, new byte[DiskBytes - LeastLength]).ConfigureAwait(false);
                    await image.ExpectBytesAsync(LeastLength - 512, last).ConfigureAwait(false);
                }).ConfigureAwait(false);
            },
            ExpectNoResizeAsync);

    /// <summary>A power cut while a disk grows leaves the old size or the new one, and the content.</summary>
    [Fact]
    public Task Resize_a_power_cut_leaves_the_old_size_or_the_new_one() =>
        WhereItCanAsync(
            Format.CanResize,
            ResizeDeclaration,
            async recipe =>
            {
                ResizedDisk disk = await ResizedDisk.CreateAsync(recipe, LeastLength, 2 << 20).ConfigureAwait(false);
                PowerCutStorage storage = await PowerCutStorage.StartAsync(disk.Storage, CancellationToken.None)
                    .ConfigureAwait(false);
                await UseAsync(disk.OpenAsync(storage), image => ResizeAsync(image, 2 << 20)).ConfigureAwait(false);
                HashSet<ulong> lengths = [];
                foreach (PowerCutState state in storage.States(mostPerCut: 100, seed: 1))
                {
                    lengths.Add(await disk.ExpectEitherLengthAsync(storage.Materialize(state)).ConfigureAwait(false));
                }

                Assert.Equal(new ulong[] { LeastLength, 2 << 20 }, lengths.Order());
            },
            ExpectNoResizeAsync);

    /// <summary>
    /// Every single request of a resizing fails once: it is told, the old size stays, and the next try succeeds.
    /// </summary>
    [Fact]
    public Task Resize_a_failing_request_is_told_and_the_next_try_succeeds() =>
        WhereItCanAsync(
            Format.CanResize,
            ResizeDeclaration,
            async recipe =>
            {
                int failing = 0;
                while (await ResizedDisk.FailAsync(recipe, LeastLength, 2 << 20, failing).ConfigureAwait(false))
                {
                    failing++;
                }

                Assert.True(failing > 1, $"only {failing} requests were made to fail");
            },
            ExpectNoResizeAsync);

    private static Task ResizeAsync(Image image, int length) =>
        image.ResizeAsync((ulong)length, Preallocation.Off, CancellationToken.None).AsTask();

    private async Task ExpectNoResizeAsync(ImageRecipe recipe)
    {
        MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
        byte[] before = storage.ToArray();
        await UseAsync(recipe.OpenAsync(storage), async image =>
        {
            NotSupportedException refusal = await Assert.ThrowsAsync<NotSupportedException>(
                () => ResizeAsync(image, DiskBytes + 512)).ConfigureAwait(false);
            Assert.Contains("does not support resize", refusal.Message, StringComparison.Ordinal);
            Assert.Equal((ulong)DiskBytes, image.Length);
        }).ConfigureAwait(false);
        Assert.Equal(before, storage.ToArray());
    }
}
