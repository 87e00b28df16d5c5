namespace BlockGen.Drivers.Tests.Requests;

/// <summary>Reads and writes of what is mapped allocate nothing.</summary>
public sealed class HotPathTests
{
    private const int RequestCount = 1000;

    [Theory]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    [InlineData("raw")]
    public async Task Mapped_requests_allocate_nothing(string format)
    {
        await using Image image = await MemoryDisk.OpenAsync(await MemoryDisk.CreateAsync(format, "size=4M"), format);
        byte[] block = MemoryDisk.RandomBytes(4096, 1);
        await image.WriteAsync(0, MemoryDisk.RandomBytes(1 << 20, 2));
        Assert.Equal(0, MeasureAllocation(image, block, isWrite: false));
        Assert.Equal(0, MeasureAllocation(image, block, isWrite: true));
    }

    // Measured in a method that is not async, because what an async method's own machine allocates would count. What a
    // request allocates shows in every round; what the runtime does meanwhile, such as compiling anew, does not.
    private static long MeasureAllocation(Image image, byte[] block, bool isWrite)
    {
        long allocated = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < RequestCount; i++)
            {
                GuestOffset offset = new((ulong)(i % 200 * 4096));
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
