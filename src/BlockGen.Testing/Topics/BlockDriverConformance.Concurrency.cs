namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    private const int WorkerCount = 8;

    /// <summary>
    /// Workers in the same clusters, over a storage that answers in another order each time, keep their sectors.
    /// </summary>
    [Fact]
    public Task Concurrency_each_worker_finds_its_sectors_as_it_left_them() =>
        ForEachContentShapeAsync(LookupDeclaration, async recipe =>
        {
            for (int seed = 1; seed <= 3; seed++)
            {
                (MemoryStorage storage, byte[] below) = await CreateOverAsync(recipe, DiskBytes, seed)
                    .ConfigureAwait(false);
                byte[] expected = [.. below];
                int workersSeed = seed * 100;
                await UseAsync(recipe.OpenOverAsync(new JitterStorage(storage, seed), below), async image =>
                {
                    await Task.WhenAll(Enumerable.Range(0, WorkerCount).Select(worker => Task.Run(
                        () => WorkAsync(image, worker, new Random(workersSeed + worker), expected))))
                        .ConfigureAwait(false);
                    image.ExpectIdle();
                    await image.ExpectContentAsync(expected).ConfigureAwait(false);
                    await image.ExpectSoundAsync().ConfigureAwait(false);
                }).ConfigureAwait(false);
                await ExpectKeptAsync(recipe.OpenOverAsync(storage, below), expected).ConfigureAwait(false);
            }
        });

    /// <summary>Overlapping writes leave bytes of one of them, and nothing beside them.</summary>
    [Fact]
    public Task Concurrency_overlapping_writes_leave_bytes_of_one_of_them() =>
        ForEachContentShapeAsync(LookupDeclaration, async recipe =>
        {
            const int start = 300_001;
            const int length = 70_003;
            (MemoryStorage storage, byte[] below) = await CreateOverAsync(recipe, DiskBytes, 1).ConfigureAwait(false);
            await UseAsync(recipe.OpenOverAsync(new JitterStorage(storage, 1), below), async image =>
            {
                for (int round = 0; round < 5; round++)
                {
                    await Task.WhenAll(Enumerable.Range(1, WorkerCount).Select(worker => Task.Run(() =>
                    {
                        byte[] bytes = new byte[length];
                        Array.Fill(bytes, (byte)worker);
                        return image.WriteAsync(start, bytes).AsTask();
                    }))).ConfigureAwait(false);
                    byte[] found = await image.ReadAsync(start, length).ConfigureAwait(false);
                    Assert.True(
                        found.AsSpan().IndexOfAnyExceptInRange((byte)1, (byte)WorkerCount) < 0,
                        "overlapping writes left a byte that nobody wrote");
                    await image.ExpectBytesAsync(start - 1, below.AsMemory(start - 1, 1)).ConfigureAwait(false);
                    await image.ExpectBytesAsync(start + length, below.AsMemory(start + length, 1))
                        .ConfigureAwait(false);
                }

                image.ExpectIdle();
                await image.ExpectSoundAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
        });

    private static async Task WorkAsync(Image image, int worker, Random random, byte[] expected)
    {
        const int sectorBytes = SectorModel.SectorBytes;
        int sectorCount = expected.Length / sectorBytes;
        for (int i = 0; i < 60; i++)
        {
            // Every n-th sector, so that all clusters are shared with other workers.
            int sector = random.Next(sectorCount / WorkerCount) * WorkerCount + worker;
            int offset = sector * sectorBytes + random.Next(2);
            int length = sectorBytes - 1 - random.Next(8);
            switch (random.Next(10))
            {
                case 0:
                    await image.FlushAsync().ConfigureAwait(false);
                    break;
                case 1:
                    await image.DiscardAsync(offset, length).ConfigureAwait(false);
                    (await image.ReadAsync(offset, length).ConfigureAwait(false)).CopyTo(expected, offset);
                    break;
                case < 4:
                    await image.ZeroAsync(offset, length).ConfigureAwait(false);
                    expected.AsSpan(offset, length).Clear();
                    break;
                default:
                    random.NextBytes(expected.AsSpan(offset, length));
                    await image.WriteAsync(offset, expected.AsMemory(offset, length)).ConfigureAwait(false);
                    await image.ExpectBytesAsync(offset, expected.AsMemory(offset, length)).ConfigureAwait(false);
                    break;
            }
        }
    }
}
