namespace BlockGen.Tests.Storage;

public sealed class MemoryStorageTests
{
    [Fact]
    public async Task Requests_to_present_chunks_do_not_allocate()
    {
        MemoryStorage storage = new();
        byte[] bytes = new byte[3 * MemoryStorage.ChunkBytes];
        HostOffset offset = new(1000);
        await storage.WriteAsync(offset, bytes, default);
        await storage.ReadAsync(offset, bytes, default);

        long allocated = long.MaxValue; // what a request allocates shows in every round
        for (int round = 0; round < 100; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            await storage.WriteAsync(offset, bytes, default);
            await storage.ReadAsync(offset, bytes, default);
            await storage.MapAsync(new HostRange(offset, 100), default);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task A_terabyte_of_nothing_costs_nothing_and_is_one_hole()
    {
        const ulong terabyte = 1UL << 40;
        MemoryStorage storage = new(terabyte);
        await storage.WriteAsync(new HostOffset(terabyte - 5), new byte[] { 1 }, default);

        StorageExtent hole = await storage.MapAsync(new HostRange(0, terabyte), default);
        StorageExtent data = await storage.MapAsync(new HostRange(hole.Length, 2 * terabyte), default);

        Assert.Equal(new StorageExtent(terabyte - MemoryStorage.ChunkBytes, IsHole: true), hole);
        Assert.Equal(new StorageExtent(MemoryStorage.ChunkBytes, IsHole: false), data);
        Assert.Equal((ulong)MemoryStorage.ChunkBytes, storage.AllocatedBytes);

        await storage.DiscardAsync(new HostRange(0, terabyte), default);
        Assert.Equal(0UL, storage.AllocatedBytes);
        Assert.Equal(terabyte, storage.Length);
    }

    [Fact]
    public async Task Neighbouring_chunks_are_one_extent_that_ends_where_a_chunk_is_missing()
    {
        const ulong chunk = MemoryStorage.ChunkBytes;
        MemoryStorage storage = new(5 * chunk);
        await storage.WriteAsync(new HostOffset(0), new byte[2 * chunk], default);
        await storage.WriteAsync(new HostOffset(3 * chunk), new byte[1], default);

        StorageExtent first = await storage.MapAsync(new HostRange(100, 5 * chunk), default);
        StorageExtent gap = await storage.MapAsync(new HostRange(2 * chunk, 3 * chunk), default);

        Assert.Equal(new StorageExtent(2 * chunk - 100, IsHole: false), first);
        Assert.Equal(new StorageExtent(chunk, IsHole: true), gap);
    }

    [Fact]
    public async Task Writing_beyond_the_capacity_runs_out_of_space_until_some_is_given_back()
    {
        MemoryStorage storage = new(length: 1 << 20, name: "small", capacityBytes: 2 * MemoryStorage.ChunkBytes);
        byte[] chunk = new byte[MemoryStorage.ChunkBytes];
        await storage.WriteAsync(new HostOffset(0), chunk, default);
        await storage.WriteAsync(new HostOffset(MemoryStorage.ChunkBytes), chunk, default);

        IOException error = await Assert.ThrowsAsync<IOException>(
            async () => await storage.WriteAsync(new HostOffset(500_000), chunk, default));
        Assert.True(StorageErrors.IsNoSpace(error));
        Assert.StartsWith("small: ", error.Message, StringComparison.Ordinal);

        await storage.DiscardAsync(new HostRange(0, MemoryStorage.ChunkBytes), default);
        await storage.WriteAsync(new HostOffset(8 * MemoryStorage.ChunkBytes), chunk, default);
        Assert.Equal(2UL * MemoryStorage.ChunkBytes, storage.AllocatedBytes);
    }

    [Fact]
    public async Task Kept_zeroes_are_data_and_others_are_a_hole()
    {
        MemoryStorage storage = new();
        HostRange range = new(0, MemoryStorage.ChunkBytes);

        await storage.WriteZeroesAsync(range, ZeroMode.KeepAllocated, default);
        Assert.False((await storage.MapAsync(range, default)).IsHole);

        await storage.WriteZeroesAsync(range, ZeroMode.MayUnmap, default);
        Assert.True((await storage.MapAsync(range, default)).IsHole);
    }

    [Fact]
    public async Task A_clone_has_the_same_bytes_and_a_life_of_its_own()
    {
        MemoryStorage storage = new([1, 2, 3]);
        MemoryStorage clone = storage.Clone();
        await storage.WriteAsync(new HostOffset(1), new byte[] { 9, 9, 9 }, default);

        Assert.Equal([1, 2, 3], clone.ToArray());
        Assert.Equal([1, 9, 9, 9], storage.ToArray());
    }
}
