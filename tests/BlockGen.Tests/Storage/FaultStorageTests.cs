namespace BlockGen.Tests.Storage;

public sealed class FaultStorageTests
{
    private static readonly byte[] Sector = [.. Enumerable.Repeat((byte)7, 512)];

    [Fact]
    public async Task A_request_that_fails_leaves_no_trace_and_says_so()
    {
        FaultStorage storage = new(
            new MemoryStorage(4096, "disk"),
            FaultRules.On(StorageOperation.Write, new HostRange(1024, 512), Fault.InputOutput));

        await storage.WriteAsync(new HostOffset(512), Sector, default);
        IOException error = await Assert.ThrowsAsync<IOException>(
            async () => await storage.WriteAsync(new HostOffset(1200), Sector, default));
        byte[] read = new byte[4096];
        await storage.ReadAsync(new HostOffset(0), read, default);

        Assert.Equal("disk: injected into Write [0x4b0, 0x6b0) (request 1): Input/output error", error.Message);
        Assert.False(StorageErrors.IsNoSpace(error));
        Assert.Equal(512, read.Count(b => b == 7));
    }

    [Fact]
    public async Task The_same_seed_fails_the_same_share_of_requests()
    {
        List<int> first = await FailuresAsync(seed: 1);

        Assert.Equal(first, await FailuresAsync(seed: 1));
        Assert.NotEqual(first, await FailuresAsync(seed: 2));
        Assert.InRange(first.Count, 70, 130);
    }

    [Fact]
    public async Task What_hangs_goes_on_when_released_or_ends_when_cancelled()
    {
        FaultStorage storage = new(new MemoryStorage(4096), FaultRules.On(StorageOperation.Read, Fault.Hang));
        using CancellationTokenSource stop = new();
        byte[] target = [1, 1];
        Task cancelled = storage.ReadAsync(new HostOffset(0), new byte[512], stop.Token).AsTask();
        Task released = storage.ReadAsync(new HostOffset(0), target, default).AsTask();
        await storage.WaitForHangAsync(2, default);
        Assert.Equal(2, storage.Hanging);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal([1, 1], target);

        storage.Release();
        await released;
        Assert.Equal([0, 0], target);
        Assert.Equal(0, storage.Hanging);
    }

    [Fact]
    public async Task A_short_hang_ends_by_itself()
    {
        FaultStorage storage = new(
            new MemoryStorage(4096), FaultRules.At(0, Fault.HangFor(TimeSpan.FromMilliseconds(2))));
        byte[] target = [1];

        await storage.ReadAsync(new HostOffset(0), target, default);

        Assert.Equal([0], target);
        await storage.WaitForHangAsync(1, default);
    }

    [Fact]
    public async Task Any_error_can_be_thrown_and_rules_can_be_changed()
    {
        FaultStorage storage = new(
            new MemoryStorage(4096),
            FaultRules.FirstOf(
                FaultRules.On(StorageOperation.Flush, Fault.Throw(request => new TimeoutException(request.ToString()))),
                FaultRules.After(0, Fault.NoSpace)));

        await Assert.ThrowsAsync<TimeoutException>(async () => await storage.FlushAsync(default));
        IOException error = await Assert.ThrowsAsync<IOException>(
            async () => await storage.SetLengthAsync(0, default));
        Assert.True(StorageErrors.IsNoSpace(error));

        storage.Rule = null;
        await storage.SetLengthAsync(0, default);
        Assert.Equal(0UL, storage.Length);
    }

    [Fact]
    public async Task Requests_bytes_and_the_most_in_flight_are_counted()
    {
        FaultStorage slow = new(new MemoryStorage(4096), FaultRules.On(StorageOperation.Read, Fault.Hang));
        CountingStorage storage = new(slow);
        Task[] reads =
        [
            storage.ReadAsync(new HostOffset(0), new byte[100], default).AsTask(),
            storage.ReadAsync(new HostOffset(0), new byte[200], default).AsTask(),
        ];
        await storage.WriteAsync(new HostOffset(0), Sector, default);
        Assert.Equal(2, storage.InFlight);
        slow.Release();
        await Task.WhenAll(reads);

        Assert.Equal(2, storage.Requests(StorageOperation.Read));
        Assert.Equal(300, storage.Bytes(StorageOperation.Read));
        Assert.Equal(1, storage.Requests(StorageOperation.Write));
        Assert.Equal(512, storage.Bytes(StorageOperation.Write));
        Assert.Equal(0, storage.Requests(StorageOperation.Flush));
        Assert.Equal(3, storage.MostInFlight);
        Assert.Equal(0, storage.InFlight);
    }

    private static async Task<List<int>> FailuresAsync(int seed)
    {
        FaultStorage storage = new(new MemoryStorage(4096), FaultRules.Sometimes(0.1, seed, Fault.InputOutput));
        List<int> failures = [];
        for (int i = 0; i < 1000; i++)
        {
            try
            {
                await storage.FlushAsync(default);
            }
            catch (IOException)
            {
                failures.Add(i);
            }
        }

        return failures;
    }
}
