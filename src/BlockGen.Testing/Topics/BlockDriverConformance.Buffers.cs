namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    /// <summary>Reads and writes of what is mapped allocate nothing.</summary>
    [Fact]
    public Task Buffers_mapped_requests_allocate_nothing() =>
        ForEachShapeAsync(LookupDeclaration, async recipe =>
        {
            MemoryStorage storage = await recipe.CreateAsync((ulong)DiskBytes).ConfigureAwait(false);
            await UseAsync(recipe.OpenAsync(storage), async image =>
            {
                byte[] block = ImageExpectations.RandomBytes(4096, 1);
                await image.WriteAsync(0, ImageExpectations.RandomBytes(1 << 20, 2)).ConfigureAwait(false);
                // What is mapped cluster by cluster is not one request when it crosses into the next.
                int blockBytes = (int)Math.Min((ulong)block.Length, Math.Max(image.ClusterBytes, 512));
                Assert.Equal(0, MeasureAllocation(image, block.AsMemory(0, blockBytes), isWrite: false));
                Assert.Equal(0, MeasureAllocation(image, block.AsMemory(0, blockBytes), isWrite: true));
            }).ConfigureAwait(false);
        });

    /// <summary>A pool of bounce buffers that is nearly always empty delays requests and loses nothing.</summary>
    [Fact]
    public Task Buffers_that_are_scarce_come_back() =>
        ForEachShapeAsync(LookupDeclaration, async recipe =>
        {
            (MemoryStorage storage, byte[] below) = await CreateOverAsync(recipe, DiskBytes, 1).ConfigureAwait(false);
            byte[] expected = [.. below];
            ulong clusterBytes = 0;
            await UseAsync(recipe.OpenOverAsync(storage, below), image =>
            {
                clusterBytes = image.ClusterBytes;
                return Task.CompletedTask;
            }).ConfigureAwait(false);
            OpenOptions scarce = new() { CopyOnRead = true, BounceBytes = Math.Max(64 << 10, 4 * clusterBytes) };
            await UseAsync(recipe.OpenOverAsync(new JitterStorage(storage, 1), below, scarce), async image =>
            {
                await Task.WhenAll(Enumerable.Range(0, WorkerCount).Select(
                    worker => Task.Run(() => WorkAsync(image, worker, new Random(worker), expected))))
                    .ConfigureAwait(false);
                await image.ExpectContentAsync(expected).ConfigureAwait(false);
                await image.SettleCopyOnReadAsync(CancellationToken.None).ConfigureAwait(false);
                image.ExpectIdle();
            }).ConfigureAwait(false);
        });

    // Measured in a method that is not async, because what an async method's own machine allocates would count. What a
    // request allocates shows in every round; what the runtime does meanwhile, such as compiling anew, does not.
    private static long MeasureAllocation(Image image, Memory<byte> block, bool isWrite)
    {
        const int requestCount = 1000;
        long allocated = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < requestCount; i++)
            {
                GuestOffset offset = new((ulong)(i % 200 * block.Length));
                ValueTask request = isWrite
                    ? image.WriteAsync(offset, block, CancellationToken.None)
                    : image.ReadAsync(offset, block, CancellationToken.None);
                if (!request.AsTask().IsCompletedSuccessfully)
                {
                    return -1;
                }
            }

            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return allocated;
    }
}
