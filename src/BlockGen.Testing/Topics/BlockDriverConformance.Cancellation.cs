namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>
    /// Every single request of a workload hangs once and is cancelled: the caller hears of it, nothing else is lost.
    /// </summary>
    [Fact]
    public Task Cancellation_of_a_request_that_hangs_anywhere_harms_nothing_else() =>
        ForEachShapeAsync(WriteOrderDeclaration, recipe => HappenEverywhereAsync(recipe, Mishap.Hang));

    /// <summary>What is cancelled before it begins changes nothing.</summary>
    [Fact]
    public Task Cancellation_before_the_beginning_changes_nothing() =>
        ForEachShapeAsync(LookupDeclaration, async recipe =>
        {
            (MemoryStorage storage, byte[] content) = await CreateOverAsync(recipe, DiskBytes, 1).ConfigureAwait(false);
            CancellationToken cancelled = new(canceled: true);
            await UseAsync(recipe.OpenOverAsync(storage, content), async image =>
            {
                GuestRange range = new(1000, 100_000);
                byte[] bytes = ImageExpectations.RandomBytes((int)range.Length, 2);
                await CancelledAsync(() => image.WriteAsync(range.Start, bytes, cancelled)).ConfigureAwait(false);
                await CancelledAsync(() => image.FlushAsync(cancelled)).ConfigureAwait(false);
                await CancelledAsync(() => image.ReadAsync(range.Start, bytes, cancelled)).ConfigureAwait(false);
                image.ExpectIdle();
                await image.ExpectContentAsync(content).ConfigureAwait(false);
            }).ConfigureAwait(false);
            await ExpectKeptAsync(recipe.OpenOverAsync(storage, content), content, mayLeak: true).ConfigureAwait(false);
        });

    /// <summary>A stream ends beside a store that never answers, which publishes nothing when it does.</summary>
    [Fact]
    public Task Cancellation_of_a_stream_leaves_a_store_that_hangs_alone() =>
        WhereItCanAsync(
            Format.HasBacking,
            StreamDeclaration,
            async recipe =>
            {
                (MemoryStorage storage, byte[] content) = await CreateOverAsync(recipe, DiskBytes, 1)
                    .ConfigureAwait(false);
                DeafStorage deaf = new(storage, LongRequest);
                await UseAsync(recipe.OpenOverAsync(deaf, content), async image =>
                {
                    StreamJob job = image.StartStream(StreamingOptions());
                    await deaf.Reached.ConfigureAwait(false);
                    await job.CancelAsync().ConfigureAwait(false);
                    deaf.Release();
                    GuestRange all = new(0, image.Length);
                    using (await image.Tracker.EnterAsync(all, RangeAccess.Claim, CancellationToken.None)
                        .ConfigureAwait(false))
                    {
                        Extent extent = await image.MapAsync(all, CancellationToken.None).ConfigureAwait(false);
                        Assert.True(extent == Extent.Unallocated(all), $"a cancelled copy was published: {extent}");
                    }

                    await image.StartStream(new StreamOptions()).Completion.ConfigureAwait(false);
                    await image.ExpectContentAsync(content).ConfigureAwait(false);
                }).ConfigureAwait(false);
            },
            ExpectNoBackingAsync);

    /// <summary>Guests write and flush beside a copy's store that hangs.</summary>
    [Fact]
    public Task Cancellation_is_not_needed_for_guests_beside_a_store_that_hangs() =>
        WhereItCanAsync(
            Format.HasBacking,
            StreamDeclaration,
            async recipe =>
            {
                (MemoryStorage storage, byte[] below) = await CreateOverAsync(recipe, DiskBytes, 1)
                    .ConfigureAwait(false);
                byte[] content = [.. below];
                DeafStorage deaf = new(storage, LongRequest);
                await UseAsync(recipe.OpenOverAsync(deaf, below), async image =>
                {
                    StreamJob job = image.StartStream(new StreamOptions { MaxCopies = 1, MaxChunkBytes = 512 << 10 });
                    await deaf.Reached.ConfigureAwait(false);
                    ImageExpectations.RandomBytes(1000, 2).CopyTo(content, DiskBytes - 1000);
                    await image.WriteAsync(DiskBytes - 1000, content.AsMemory(DiskBytes - 1000)).ConfigureAwait(false);
                    await image.FlushAsync().ConfigureAwait(false);
                    await image.ExpectContentAsync(content).ConfigureAwait(false);
                    deaf.Release();
                    await job.Completion.ConfigureAwait(false);
                    await image.ExpectContentAsync(content).ConfigureAwait(false);
                }).ConfigureAwait(false);
            },
            ExpectNoBackingAsync);

    private static Task CancelledAsync(Func<ValueTask> request) =>
        Assert.ThrowsAnyAsync<OperationCanceledException>(() => request().AsTask());
}
