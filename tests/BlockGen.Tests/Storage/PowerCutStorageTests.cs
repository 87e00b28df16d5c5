namespace BlockGen.Tests.Storage;

public sealed class PowerCutStorageTests
{
    [Fact]
    public async Task Before_a_flush_every_subset_may_survive_and_after_it_everything_does()
    {
        PowerCutStorage storage = await PowerCutStorage.StartAsync(new MemoryStorage([0, 0, 0]), default);
        await WriteAsync(storage, 0, 1);
        await WriteAsync(storage, 1, 2);
        await WriteAsync(storage, 2, 3);
        int beforeFlush = storage.Cuts[^1];
        await storage.FlushAsync(default);
        int afterFlush = storage.Cuts[^1];

        Assert.Equal(
            ["000", "003", "020", "023", "100", "103", "120", "123"],
            Disks(storage, beforeFlush));
        Assert.Equal(["123"], Disks(storage, afterFlush));
    }

    [Fact]
    public async Task A_flush_vouches_only_for_what_completed_before_it_began()
    {
        FaultStorage slow = new(new MemoryStorage([0, 0, 0]));
        PowerCutStorage storage = await PowerCutStorage.StartAsync(slow, default);
        await WriteAsync(storage, 0, 1);
        slow.Rule = FaultRules.On(StorageOperation.Flush, Fault.Hang);
        Task flush = storage.FlushAsync(default).AsTask();
        await slow.WaitForHangAsync(1, default);
        await WriteAsync(storage, 1, 2);
        int duringFlush = storage.Cuts[^1];
        slow.Release();
        await flush;
        int afterFlush = storage.Cuts[^1];

        Assert.Equal(["000", "020", "100", "120"], Disks(storage, duringFlush));
        Assert.Equal(["100", "120"], Disks(storage, afterFlush));
    }

    [Fact]
    public async Task A_flush_that_is_left_out_vouches_for_nothing_and_the_others_still_do()
    {
        PowerCutStorage storage = await PowerCutStorage.StartAsync(new MemoryStorage([0, 0]), default);
        await WriteAsync(storage, 0, 1);
        await storage.FlushAsync(default);
        int afterFirst = storage.Cuts[^1];
        await WriteAsync(storage, 1, 2);
        await storage.FlushAsync(default);
        int afterSecond = storage.Cuts[^1];

        Assert.Equal([0, 1], storage.Flushes.Select(flush => flush.Index));
        PowerCutStorage without = storage.WithoutFlushes(flush => flush.Index == 0);
        Assert.Equal(["00", "10"], Disks(without, afterFirst));
        Assert.Equal(["12"], Disks(without, afterSecond));
        Assert.Equal(["10"], Disks(storage, afterFirst));
    }

    [Fact]
    public async Task A_flush_does_not_vouch_for_a_write_that_was_under_way_when_it_began()
    {
        FaultStorage slow = new(new MemoryStorage([0]), FaultRules.On(StorageOperation.Write, Fault.Hang));
        PowerCutStorage storage = await PowerCutStorage.StartAsync(slow, default);
        Task write = WriteAsync(storage, 0, 1);
        await storage.FlushAsync(default);
        slow.Release();
        await write;
        int afterWrite = storage.Cuts[^1];
        await storage.FlushAsync(default);

        Assert.Equal(["0", "1"], Disks(storage, afterWrite));
        Assert.Equal(["1"], Disks(storage, storage.Cuts[^1]));
    }

    [Fact]
    public async Task A_failed_flush_vouches_for_nothing()
    {
        FaultStorage failing = new(new MemoryStorage([0]), FaultRules.On(StorageOperation.Flush, Fault.InputOutput));
        PowerCutStorage storage = await PowerCutStorage.StartAsync(failing, default);
        await WriteAsync(storage, 0, 1);
        await Assert.ThrowsAsync<IOException>(async () => await storage.FlushAsync(default));

        Assert.Equal(["0", "1"], Disks(storage, storage.Cuts[^1]));
    }

    [Fact]
    public async Task A_later_write_replaces_an_earlier_one_and_never_the_other_way_round()
    {
        PowerCutStorage storage = await PowerCutStorage.StartAsync(new MemoryStorage([0]), default);
        await WriteAsync(storage, 0, 1);
        await WriteAsync(storage, 0, 2);
        int cut = storage.Cuts[^1];

        Assert.Equal(["0", "1", "2"], Disks(storage, cut));
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => storage.Materialize(new PowerCutState(cut, [new PowerCutSurvivor(1), new PowerCutSurvivor(0)])));
        Assert.Contains("change 0 cannot come after change 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_under_way_together_may_arrive_in_either_order()
    {
        FaultStorage slow = new(new MemoryStorage([0]), FaultRules.On(StorageOperation.Write, Fault.Hang));
        PowerCutStorage storage = await PowerCutStorage.StartAsync(slow, default);
        Task first = WriteAsync(storage, 0, 1);
        Task second = WriteAsync(storage, 0, 2);
        slow.Release();
        await Task.WhenAll(first, second);
        int cut = storage.Cuts[^1];

        PowerCutState reversed = new(cut, [new PowerCutSurvivor(1), new PowerCutSurvivor(0)]);

        Assert.Equal([1], storage.Materialize(reversed).ToArray());
        Assert.Contains(
            storage.StatesAt(cut, 100, seed: 1),
            state => state.Survivors is [{ Change: 1 }, { Change: 0 }]);
    }

    [Fact]
    public async Task A_write_is_torn_between_its_sectors_and_nowhere_else()
    {
        PowerCutStorage storage = await PowerCutStorage.StartAsync(new MemoryStorage(4096), default);
        byte[] bytes = new byte[2048];
        Array.Fill(bytes, (byte)1);
        await storage.WriteAsync(new HostOffset(300), bytes, default);
        HashSet<string> patterns = [];

        foreach (PowerCutState state in storage.StatesAt(storage.Cuts[^1], 2000, seed: 3))
        {
            byte[] disk = storage.Materialize(state).ToArray();
            int[] starts = [300, 512, 1024, 1536, 2048, 2348];
            string pattern = "";
            for (int i = 0; i < 5; i++)
            {
                Assert.Equal(-1, disk.AsSpan(starts[i]..starts[i + 1]).IndexOfAnyExcept(disk[starts[i]]));
                pattern += disk[starts[i]];
            }

            Assert.False(disk.AsSpan(0, 300).ContainsAnyExcept((byte)0));
            Assert.False(disk.AsSpan(2348).ContainsAnyExcept((byte)0));
            patterns.Add(pattern);
        }

        Assert.Equal(32, patterns.Count);
    }

    [Fact]
    public async Task Zeroes_discards_and_lengths_are_changes_too()
    {
        PowerCutStorage storage = await PowerCutStorage.StartAsync(new MemoryStorage([1, 2, 3]), default);
        await storage.WriteZeroesAsync(new HostRange(0, 1), ZeroMode.MayUnmap, default);
        await storage.DiscardAsync(new HostRange(1, 1), default);
        await storage.SetLengthAsync(2, default);

        Assert.Equal(
            ["00", "003", "02", "023", "10", "103", "12", "123"],
            Disks(storage, storage.Cuts[^1]));
        Assert.Equal([0, 0], ((MemoryStorage)storage.Inner).ToArray());
    }

    [Fact]
    public async Task Random_runs_leave_states_that_agree_with_what_was_flushed()
    {
        Random random = new(11);
        PowerCutStorage storage = await PowerCutStorage.StartAsync(new MemoryStorage(64), default);
        List<(int Cut, byte[] Content)> flushed = [(0, new byte[64])];
        for (int i = 0; i < 60; i++)
        {
            if (random.Next(4) == 0)
            {
                await storage.FlushAsync(default);
                flushed.Add((storage.Cuts[^1], ((MemoryStorage)storage.Inner).ToArray()));
            }
            else
            {
                await WriteAsync(storage, (ulong)random.Next(64), (byte)random.Next(1, 256));
            }
        }

        int stateCount = 0;
        foreach (PowerCutState state in storage.States(mostPerCut: 30, seed: 4))
        {
            byte[] disk = storage.Materialize(state).ToArray();
            byte[] expected = flushed.Last(entry => entry.Cut <= state.Cut).Content;
            HashSet<ulong> pending = [.. storage.PendingAt(state.Cut).Select(change => change.Range.Start.Value)];
            for (int i = 0; i < disk.Length; i++)
            {
                Assert.True(disk[i] == expected[i] || pending.Contains((ulong)i), $"{state}: byte {i}");
            }

            stateCount++;
        }

        Assert.True(stateCount > 500);
        Assert.Equal(
            storage.States(30, seed: 4).Select(state => state.ToString()),
            storage.States(30, seed: 4).Select(state => state.ToString()));
    }

    [Fact]
    public async Task What_was_there_at_the_start_is_on_every_disk()
    {
        MemoryStorage inner = new();
        await inner.WriteAsync(new HostOffset(200_000), new byte[] { 5 }, default);
        PowerCutStorage storage = await PowerCutStorage.StartAsync(inner, default);
        await WriteAsync(storage, 0, 1);

        foreach (PowerCutState state in storage.States(10, seed: 1))
        {
            Assert.Equal(5, storage.Materialize(state).ToArray()[200_000]);
        }

        Assert.Throws<ArgumentException>(() => storage.Materialize(new PowerCutState(0, [new PowerCutSurvivor(0)])));
    }

    private static Task WriteAsync(IStorage storage, ulong offset, byte value) =>
        storage.WriteAsync(new HostOffset(offset), new[] { value }, default).AsTask();

    /// <summary>The different disks at a moment, each as its digits, sorted.</summary>
    private static string[] Disks(PowerCutStorage storage, int cut) =>
        [.. storage.StatesAt(cut, 64, seed: 1)
            .Select(state => string.Concat(storage.Materialize(state).ToArray()))
            .Distinct()
            .Order(StringComparer.Ordinal)];
}
