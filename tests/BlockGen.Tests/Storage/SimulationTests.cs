using System.Diagnostics;

namespace BlockGen.Tests.Storage;

public sealed class SimulationTests
{
    private const string ATime = "expected a time of at most an hour such as 20ms, 150us or 1.5s.";

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Each_kind_of_request_waits_as_long_as_it_should()
    {
        StoppedClock clock = new();
        LatencyOptions options = new()
        {
            Read = Latency,
            Write = TimeSpan.FromMilliseconds(30),
            Flush = TimeSpan.FromMilliseconds(40),
        };
        LatencyStorage storage = new(new MemoryStorage(4096), options, clock);

        await storage.ReadAsync(new HostOffset(0), new byte[512], default);
        await storage.WriteAsync(new HostOffset(0), new byte[512], default);
        await storage.FlushAsync(default);
        await storage.MapAsync(new HostRange(0, 512), default);

        Assert.Equal([20.0, 30.0, 40.0], clock.Waits);
    }

    [Fact]
    public async Task Requests_share_the_bandwidth_but_not_the_latency()
    {
        StoppedClock clock = new();
        LatencyOptions options = new() { Read = Latency, BytesPerSecond = 1_000_000 };
        LatencyStorage storage = new(new MemoryStorage(1 << 20), options, clock);

        for (int i = 0; i < 3; i++)
        {
            await storage.ReadAsync(new HostOffset(0), new byte[10_000], default);
        }

        Assert.Equal([30.0, 40.0, 50.0], clock.Waits);
    }

    [Fact]
    public async Task A_real_delay_never_ends_early_and_later_ones_do_not_hold_up_earlier_ones()
    {
        PreciseDelay clock = PreciseDelay.Clock;
        long start = clock.Now;
        using CancellationTokenSource stop = new();
        Task far = clock.UntilAsync(start + 3600 * Stopwatch.Frequency, stop.Token).AsTask();

        foreach (int microseconds in (int[])[100, 900, 1500, 20_000])
        {
            long deadline = clock.Now + microseconds * Stopwatch.Frequency / 1_000_000;
            await clock.UntilAsync(deadline, default);
            Assert.True(clock.Now >= deadline);
        }

        Assert.False(far.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => far);
    }

    [Fact]
    public async Task A_cancelled_delay_never_reaches_the_storage()
    {
        CountingStorage counting = new(new MemoryStorage(4096));
        LatencyStorage storage = new(counting, new LatencyOptions { Read = TimeSpan.FromHours(1) });
        using CancellationTokenSource stop = new();
        Task read = storage.ReadAsync(new HostOffset(0), new byte[512], stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Equal(0, counting.Requests(StorageOperation.Read));
    }

    [Fact]
    public async Task A_description_becomes_the_storage_it_describes()
    {
        MemoryStorage memory = new(4096);
        Assert.Same(memory, Simulation.Parse("")(memory));
        Assert.Same(memory, Simulation.Parse("seed=5")(memory));

        LatencyStorage slow = Assert.IsType<LatencyStorage>(Simulation.Parse("latency=1ms, bandwidth=100M")(memory));
        Assert.Same(memory, slow.Inner);
        Func<IStorage, IStorage> simulate = Simulation.Parse("read-latency=150us,error-rate=0.5");
        LatencyStorage both = Assert.IsType<LatencyStorage>(simulate(memory));
        Assert.IsType<FaultStorage>(both.Inner);

        IStorage full = Simulation.Parse("error=enospc,error-after=1")(memory);
        await full.WriteAsync(new HostOffset(0), new byte[512], default);
        IOException error = await Assert.ThrowsAsync<IOException>(
            async () => await full.WriteAsync(new HostOffset(0), new byte[512], default));
        Assert.True(StorageErrors.IsNoSpace(error));

        FaultStorage hanging = Assert.IsType<FaultStorage>(Simulation.Parse("hang-after=0")(memory));
        Task read = hanging.ReadAsync(new HostOffset(0), new byte[512], default).AsTask();
        await hanging.WaitForHangAsync(1, default);
        Assert.False(read.IsCompleted);
        hanging.Release();
        await read;
    }

    [Theory]
    [InlineData("speed=3", "Unknown simulation setting 'speed'; known are latency, read-latency, write-latency, "
        + "flush-latency, bandwidth, error-rate, error, error-after, seed, hang-after.")]
    [InlineData("latency=20", "Simulation setting latency is '20'; " + ATime)]
    [InlineData("latency=2h", "Simulation setting latency is '2h'; " + ATime)]
    [InlineData("latency=-1s", "Simulation setting latency is '-1s'; " + ATime)]
    [InlineData("bandwidth=fast", "Simulation setting bandwidth is 'fast'; expected bytes a second such as 100M.")]
    [InlineData("error-rate=2", "Simulation setting error-rate is '2'; expected a number from 0 to 1.")]
    [InlineData("error=ebadf", "Simulation setting error is 'ebadf'; expected eio or enospc.")]
    [InlineData("seed", "Simulation setting seed is ''; expected a whole number of 32 bits.")]
    [InlineData("hang-after=-1", "Simulation setting hang-after is '-1'; expected a number of requests.")]
    public void A_setting_that_makes_no_sense_is_named(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<FormatException>(() => Simulation.Parse(text)).Message);
    }

    /// <summary>A clock that stands still and notes what was waited for, in milliseconds.</summary>
    private sealed class StoppedClock : IDelayClock
    {
        public List<double> Waits { get; } = [];

        public long Now => 1_000_000;

        public ValueTask UntilAsync(long deadline, CancellationToken cancellation)
        {
            Waits.Add(Math.Round((deadline - Now) * 1000.0 / Stopwatch.Frequency, 3));
            return default;
        }
    }
}
