namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    private const int LongestRequest = 300_000;

    /// <summary>
    /// Random requests leave what plain bytes would hold, while the image is open and when it is opened again.
    /// </summary>
    [Fact]
    public Task Patterns_random_requests_leave_what_was_written() =>
        ForEachContentShapeAsync(LookupDeclaration, async recipe =>
        {
            int diskBytes = DiskBytes + 512;
            MemoryStorage storage = await recipe.CreateAsync((ulong)diskBytes).ConfigureAwait(false);
            GuestModel model = new(new byte[diskBytes], new Random(recipe.Options.Length), LongestRequest);
            await RunRoundsAsync(() => recipe.OpenAsync(storage), model).ConfigureAwait(false);
            await UseAsync(recipe.OpenAsync(storage, new OpenOptions { ReadOnly = true }), async last =>
            {
                Assert.False(last.IsDirty, "the image was closed and is marked as if it were open");
                await last.ExpectContentAsync(model.Expected).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });

    /// <summary>Every cluster, written with a number of its own from last to first, keeps it.</summary>
    [Fact]
    public Task Patterns_every_cluster_keeps_its_own_bytes() =>
        ForEachContentShapeAsync(LookupDeclaration, async recipe =>
        {
            MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
            byte[] expected = new byte[DiskBytes];
            await UseAsync(recipe.OpenAsync(storage), async image =>
            {
                int step = (int)Math.Max(image.ClusterBytes, 4096);
                for (int at = (DiskBytes - 1) / step * step; at >= 0; at -= step)
                {
                    Span<byte> cluster = expected.AsSpan(at, Math.Min(step, DiskBytes - at));
                    new Random(at).NextBytes(cluster);
                    await image.WriteAsync(at, cluster.ToArray()).ConfigureAwait(false);
                }

                await image.ExpectContentAsync(expected).ConfigureAwait(false);
                await image.ExpectSoundAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
            await ExpectKeptAsync(recipe.OpenAsync(storage), expected).ConfigureAwait(false);
        });

    private static async Task RunRoundsAsync(Func<Task<Image>> open, GuestModel model)
    {
        const int roundCount = 3;
        const int operationCount = 120;
        for (int round = 0; round < roundCount; round++)
        {
            await UseAsync(open(), async image =>
            {
                await image.ExpectContentAsync(model.Expected).ConfigureAwait(false);
                await model.RunAsync(image, operationCount).ConfigureAwait(false);
                await image.ExpectSoundAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
    }
}
