namespace BlockGen.Drivers.Tests.Requests;

/// <summary>A flush that returns has told the truth.</summary>
public sealed class FlushTests
{
    [Theory]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    public async Task A_flush_waits_for_tables_that_another_one_is_writing(string format)
    {
        FaultStorage storage = new(await MemoryDisk.CreateAsync(format, "size=4M"));
        await using Image image = await MemoryDisk.OpenAsync(storage, format);
        await image.WriteAsync(0, MemoryDisk.RandomBytes(5000, 1));
        storage.Rule = FaultRules.On(StorageOperation.Write, Fault.Hang);
        Task first = image.FlushAsync().AsTask();
        await storage.WaitForHangAsync(1, CancellationToken.None);
        Task second = image.FlushAsync().AsTask();
        Assert.False(second.IsCompleted);
        storage.Rule = null;
        storage.Release();
        await first;
        await second;
        image.ExpectIdle();
    }

    [Theory]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    public async Task A_cancelled_flush_leaves_the_tables_for_the_next_one(string format)
    {
        MemoryStorage disk = await MemoryDisk.CreateAsync(format, "size=4M");
        FaultStorage storage = new(disk);
        await using Image image = await MemoryDisk.OpenAsync(storage, format);
        byte[] bytes = MemoryDisk.RandomBytes(5000, 1);
        await image.WriteAsync(0, bytes);
        storage.Rule = FaultRules.On(StorageOperation.Write, Fault.Hang);
        using CancellationTokenSource cancel = new();
        Task first = image.FlushAsync(cancel.Token).AsTask();
        await storage.WaitForHangAsync(1, CancellationToken.None);
        Task second = image.FlushAsync().AsTask();
        await cancel.CancelAsync();
        storage.Rule = null;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        storage.Release();
        await second;
        await using Image reader = await MemoryDisk.OpenAsync(disk, format, new OpenOptions { ReadOnly = true });
        Assert.Equal(bytes, await reader.ReadAsync(0, bytes.Length));
        await reader.ExpectSoundAsync();
    }

    [Theory]
    [InlineData("qed")]
    [InlineData("vdi")]
    [InlineData("parallels")]
    [InlineData("raw")]
    public async Task A_flush_of_nothing_costs_one_flush(string format)
    {
        CountingStorage storage = new(await MemoryDisk.CreateAsync(format, "size=4M"));
        await using Image image = await MemoryDisk.OpenAsync(storage, format);
        await image.WriteAsync(0, MemoryDisk.RandomBytes(5000, 1));
        await image.FlushAsync();
        long writes = storage.Requests(StorageOperation.Write);
        long flushes = storage.Requests(StorageOperation.Flush);
        await image.FlushAsync();
        Assert.Equal(writes, storage.Requests(StorageOperation.Write));
        Assert.Equal(flushes + 1, storage.Requests(StorageOperation.Flush));
    }
}
