namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>
    /// Every single request of a workload fails once: the caller hears of it, nothing that was acknowledged is lost.
    /// </summary>
    [Fact]
    public Task Faults_of_the_device_are_told_and_harm_nothing_else() =>
        ForEachShapeAsync(WriteOrderDeclaration, recipe => HappenEverywhereAsync(recipe, Mishap.InputOutput));

    /// <summary>The same for a storage that is full.</summary>
    [Fact]
    public Task Faults_for_lack_of_space_are_told_and_harm_nothing_else() =>
        ForEachShapeAsync(WriteOrderDeclaration, recipe => HappenEverywhereAsync(recipe, Mishap.NoSpace));

    /// <summary>The same for a call that a signal interrupts.</summary>
    [Fact]
    public Task Faults_of_interrupted_calls_are_told_and_harm_nothing_else() =>
        ForEachShapeAsync(WriteOrderDeclaration, recipe => HappenEverywhereAsync(recipe, Mishap.Interrupted));

    /// <summary>The same for reads and writes that end half-way.</summary>
    [Fact]
    public Task Faults_in_the_middle_of_a_request_are_told_and_harm_nothing_else() =>
        ForEachShapeAsync(WriteOrderDeclaration, recipe => HappenEverywhereAsync(recipe, Mishap.HalfDone));

    /// <summary>A creation that fails leaves no valid image, or a whole one.</summary>
    [Fact]
    public Task Faults_during_creation_leave_no_valid_image_or_a_whole_one() =>
        ForEachShapeAsync("[Create]", async recipe =>
        {
            BackingLink? link = Format.HasBacking ? ImageRecipe.LinkBelow : null;
            bool wasHit = true;
            for (int failing = 0; wasHit; failing++)
            {
                MemoryStorage disk = new(name: "disk");
                MishapStorage storage = new(disk, Mishap.InputOutput, failing);
                try
                {
                    await recipe.FormatAsync(storage, (ulong)DiskBytes, link).ConfigureAwait(false);
                    Assert.False(storage.WasHit, $"request {failing} failed, and the creation did not");
                }
                catch (IOException error)
                {
                    Assert.Contains(MishapStorage.Mark, error.Message, StringComparison.Ordinal);
                }

                wasHit = storage.WasHit;
                await ExpectWholeOrInvalidAsync(recipe, disk).ConfigureAwait(false);
            }
        });

    /// <summary>
    /// Of requests that fail and are cancelled beside each other, those that succeeded have happened.
    /// </summary>
    [Fact]
    public Task Faults_beside_each_other_harm_nobody_who_succeeded() =>
        ForEachShapeAsync(WriteOrderDeclaration, async recipe =>
        {
            int failures = 0;
            int cancels = 0;
            for (int seed = 0; seed < 6; seed++)
            {
                MemoryStorage disk = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
                FaultStorage storage = new(new JitterStorage(disk, seed));
                UnreliableWorkers? workers = null;
                await UseAsync(recipe.OpenAsync(storage), async image =>
                {
                    storage.Rule = FaultRules.Sometimes(0.03, seed, Fault.InputOutput);
                    workers = new UnreliableWorkers(image, DiskBytes / SectorModel.SectorBytes, seed);
                    await workers.RunAsync().ConfigureAwait(false);
                    storage.Rule = null;
                    image.ExpectIdle();
                    await ExpectPossibleAsync(image, workers.Model).ConfigureAwait(false);
                }).ConfigureAwait(false);
                failures += workers!.FailureCount;
                cancels += workers.CancelCount;
                await UseAsync(recipe.OpenAsync(disk), async again =>
                {
                    Assert.False(again.IsDirty, "the image was closed and is marked as if it were open");
                    await ExpectPossibleAsync(again, workers.Model).ConfigureAwait(false);
                }).ConfigureAwait(false);
            }

            Assert.True(failures > 5 && cancels > 5, $"{failures} failures, {cancels} cancelled");
        });

    private async Task HappenEverywhereAsync(ImageRecipe recipe, Mishap mishap)
    {
        const int fewest = 20;
        int failing = 0;
        bool wasHit = true;
        for (; wasHit; failing++)
        {
            try
            {
                wasHit = await FaultWorkload.RunAsync(recipe, DiskBytes, mishap, failing).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                throw new ConformanceException($"request {failing} met {mishap}: {error.Message}", error);
            }
        }

        Assert.True(failing > fewest, $"only {failing} requests were made to fail");
    }

    private static async Task ExpectPossibleAsync(Image image, SectorModel model)
    {
        byte[] content = await image.ReadAsync(0, (int)image.Length).ConfigureAwait(false);
        string? problem = model.FindImpossible(content, int.MaxValue, mayLose: false);
        Assert.True(problem is null, problem);
        await image.ExpectSoundAsync(mayLeak: true).ConfigureAwait(false);
    }

    private async Task ExpectWholeOrInvalidAsync(ImageRecipe recipe, MemoryStorage disk)
    {
        try
        {
            await UseAsync(recipe.OpenOverAsync(disk, new byte[DiskBytes]), async image =>
            {
                await image.ExpectSoundAsync().ConfigureAwait(false);
                await image.ExpectContentAsync(new byte[image.Length]).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (ImageException)
        {
            // No valid image: its user hears of it.
        }
    }
}
