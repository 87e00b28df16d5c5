namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>What guests read is kept, so that the image needs its backing image no more.</summary>
    [Fact]
    public Task CopyOnRead_keeps_what_was_read() =>
        WhereItCanAsync(
            Format.HasBacking,
            LookupDeclaration,
            async recipe =>
            {
                (MemoryStorage storage, byte[] content) = await CreateOverAsync(recipe, DiskBytes, 1)
                    .ConfigureAwait(false);
                OpenOptions keeping = new() { CopyOnRead = true };
                await UseAsync(recipe.OpenOverAsync(storage, content, keeping), async image =>
                {
                    await image.ExpectContentAsync(content).ConfigureAwait(false);
                    await image.SettleCopyOnReadAsync(CancellationToken.None).ConfigureAwait(false);
                    Assert.Equal(0UL, image.CopyOnReadStatistics.Failed);
                    Assert.NotEqual(0UL, image.CopyOnReadStatistics.Kept);
                    image.ExpectIdle();
                }).ConfigureAwait(false);
                await ExpectKeptAsync(recipe.OpenAsync(storage, new OpenOptions { OpenBacking = false }), content)
                    .ConfigureAwait(false);
            },
            ExpectNothingKeptAsync);

    /// <summary>A read succeeds although what it read cannot be stored.</summary>
    [Fact]
    public Task CopyOnRead_that_cannot_store_fails_no_read() =>
        WhereItCanAsync(
            Format.HasBacking,
            LookupDeclaration,
            async recipe =>
            {
                (MemoryStorage disk, byte[] content) = await CreateOverAsync(recipe, DiskBytes, 1)
                    .ConfigureAwait(false);
                FaultStorage storage = new(disk);
                OpenOptions keeping = new() { CopyOnRead = true };
                await UseAsync(recipe.OpenOverAsync(storage, content, keeping), async image =>
                {
                    storage.Rule = FaultRules.On(StorageOperation.Write, Fault.NoSpace);
                    await image.ExpectContentAsync(content).ConfigureAwait(false);
                    await image.SettleCopyOnReadAsync(CancellationToken.None).ConfigureAwait(false);
                    storage.Rule = null;
                    image.ExpectIdle();
                }).ConfigureAwait(false);
                await ExpectKeptAsync(recipe.OpenOverAsync(disk, content), content, mayLeak: true)
                    .ConfigureAwait(false);
            },
            ExpectNothingKeptAsync);

    /// <summary>Without a backing image there is nothing to keep.</summary>
    private async Task ExpectNothingKeptAsync(ImageRecipe recipe)
    {
        MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
        byte[] before = storage.ToArray();
        await UseAsync(recipe.OpenAsync(storage, new OpenOptions { CopyOnRead = true }), async image =>
        {
            await image.ExpectContentAsync(new byte[DiskBytes]).ConfigureAwait(false);
            await image.SettleCopyOnReadAsync(CancellationToken.None).ConfigureAwait(false);
            Assert.Equal(0UL, image.CopyOnReadStatistics.Kept);
        }).ConfigureAwait(false);
        Assert.Equal(before, storage.ToArray());
    }
}
