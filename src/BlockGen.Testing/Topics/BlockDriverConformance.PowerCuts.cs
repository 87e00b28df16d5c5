namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    private const int StateCount = 1000;
    private const int SeedCount = 4;

    /// <summary>
    /// After a power cut at any moment of a guest's work the image is sound and holds what was flushed: in a thousand
    /// different states, half-written ones among them.
    /// </summary>
    [Fact]
    public Task PowerCuts_lose_nothing_that_was_flushed() => CutAsync(WorkStyle.OneByOne, StateCount);

    /// <summary>The same, in another thousand states, for requests at once.</summary>
    [Fact]
    public Task PowerCuts_lose_nothing_that_was_flushed_by_requests_at_once() =>
        CutAsync(WorkStyle.SeveralAtOnce, StateCount);

    /// <summary>The same beside a stream.</summary>
    [Fact]
    public Task PowerCuts_lose_nothing_that_was_flushed_beside_a_stream() => Format.HasBacking
        ? CutAsync(WorkStyle.BesideStream, StateCount / 4)
        : ForEachShapeAsync(BackingDeclaration, ExpectNoBackingAsync);

    /// <summary>What reaches the disk does so in the declared order, with the declared barriers between.</summary>
    [Fact]
    public Task PowerCuts_find_the_declared_order_on_the_disk() =>
        ForEachShapeAsync(WriteOrderDeclaration, async recipe =>
        {
            for (int seed = 1; seed <= SeedCount; seed++)
            {
                CrashWorkload work = await CrashWorkload.RunAsync(recipe, DiskBytes, seed, WorkStyle.OneByOne)
                    .ConfigureAwait(false);
                string? disorder = work.Order.FindDisorder(work.Recording);
                Assert.True(disorder is null, $"seed {seed}: {disorder}");
            }
        });

    /// <summary>
    /// Leaving out any one of the barriers is noticed: by the declared order, or by damage that a power cut does; and
    /// by damage for those that keep back the first step after the data and the answer to the guest.
    /// </summary>
    [Fact]
    public Task PowerCuts_notice_every_barrier_that_is_missing() =>
        ForEachShapeAsync(WriteOrderDeclaration, async recipe =>
        {
            WriteOrder order = WriteOrder.Of(Format);
            Barrier afterData = order.Barriers.First();
            foreach (Barrier barrier in order.Barriers)
            {
                bool mustDamage = barrier == afterData || barrier == Barrier.BeforeReturn;
                Assert.True(
                    await IsNoticedAsync(recipe, barrier, mustDamage).ConfigureAwait(false),
                    $"nothing is wrong although {barrier} is missing");
            }
        });

    private Task CutAsync(WorkStyle style, int stateCount) => ForEachShapeAsync(WriteOrderDeclaration, async recipe =>
    {
        int statesPerSeed = stateCount / Shapes.Count / SeedCount + 1;
        int checkedCount = 0;
        for (int seed = 1; seed <= SeedCount; seed++)
        {
            CrashWorkload work = await CrashWorkload.RunAsync(recipe, DiskBytes, seed, style).ConfigureAwait(false);
            foreach (PowerCutState state in work.SampleStates(work.Recording, statesPerSeed, seed))
            {
                string? damage = await work.FindDamageAsync(work.Recording, state).ConfigureAwait(false);
                Assert.True(damage is null, $"seed {seed}: {damage}");
                checkedCount++;
            }
        }

        Assert.True(checkedCount >= stateCount / Shapes.Count, $"only {checkedCount} different states were found");
    });

    private async Task<bool> IsNoticedAsync(ImageRecipe recipe, Barrier barrier, bool mustDamage)
    {
        for (int seed = 1; seed <= 2 * SeedCount; seed++)
        {
            CrashWorkload work = await CrashWorkload.RunAsync(recipe, DiskBytes, seed, WorkStyle.OneByOne)
                .ConfigureAwait(false);
            int[] leftOut = [.. work.Recording.Flushes
                .Where(flush => work.Order.BarrierOf(work.Recording, flush) == barrier)
                .Select(flush => flush.Index)];
            PowerCutStorage without = work.Recording.WithoutFlushes(flush => leftOut.Contains(flush.Index));
            if (!mustDamage && work.Order.FindDisorder(without) is not null)
            {
                return true;
            }

            foreach (PowerCutState state in work.SampleStates(without, 400, seed))
            {
                if (await work.FindDamageAsync(without, state).ConfigureAwait(false) is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
