namespace BlockGen.Tests.Copying;

/// <summary>Pause, cancel, speed, errors: a stream that is interfered with. No test looks at a clock.</summary>
public sealed class StreamControlTests
{
    private const ulong Cluster = 4096;
    private const int DiskBytes = 8 << 20;

    [Fact]
    public async Task Cancel_returns_although_the_backing_never_answers_and_ignores_cancellation()
    {
        Hang hang = new();
        (SparseImage overlay, SparseImage backing) = Pair();
        backing.BeforeRead = hang.Deaf;
        StreamJob job = overlay.StartStream(new StreamOptions());
        await hang.Reached;

        await job.CancelAsync();

        Assert.True(job.Completion.IsCanceled);
        Assert.Equal(JobState.Concluded, job.State);
        Assert.Null(job.Error);
        Assert.NotNull(overlay.Backing);
        Assert.NotNull(overlay.BackingLink);

        // What hangs keeps its claim and its buffer, and stores nothing when it comes back.
        Assert.NotEqual(0ul, overlay.Bounce.RentedBytes);
        Assert.NotEqual(0, overlay.Tracker.ActiveCount);
        hang.Release();
        using (await overlay.Tracker.EnterAsync(
            new GuestRange(0, DiskBytes), RangeAccess.Claim, CancellationToken.None))
        {
            Assert.Equal(0, overlay.AllocatedClusters);
        }

        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task Cancel_returns_although_the_tables_never_answer()
    {
        Hang hang = new();
        SparseImage backing = new SlowMap(DiskBytes, Cluster, hang);
        await using SparseImage overlay = new(DiskBytes, Cluster);
        overlay.AttachBacking(backing);
        StreamJob job = overlay.StartStream(new StreamOptions());
        await hang.Reached;

        await job.CancelAsync();

        Assert.True(job.Completion.IsCanceled);
        hang.Release();
    }

    [Fact]
    public async Task The_cancellation_reaches_the_request_in_flight()
    {
        Hang hang = new();
        (SparseImage overlay, SparseImage backing) = Pair();
        backing.BeforeRead = hang.Polite;
        StreamJob job = overlay.StartStream(new StreamOptions());
        await hang.Reached;

        await job.CancelAsync();
        await overlay.DisposeAsync();

        Assert.Equal(0ul, overlay.Bounce.RentedBytes);
        Assert.Equal(0, overlay.Tracker.ActiveCount);
        Assert.True(backing.IsDisposed);
    }

    [Fact]
    public async Task A_cancelled_stream_goes_on_where_it_was()
    {
        (SparseImage overlay, SparseImage backing) = Pair();
        byte[] content = await Disks.ReadAllAsync(backing);
        TaskCompletionSource halfway = new();
        StreamJob job = overlay.StartStream(new StreamOptions { MaxCopies = 2, MaxChunkBytes = 64 << 10 });
        job.Changed += (_, _) =>
        {
            if (job.Progress.Offset >= DiskBytes / 2)
            {
                halfway.TrySetResult();
            }
        };
        backing.BeforeRead = (range, cancellation) => range.Start.Value < DiskBytes / 4 * 3
            ? ValueTask.CompletedTask
            : Hang.Forever(range, cancellation);
        await halfway.Task;
        await job.CancelAsync();
        int done = overlay.AllocatedClusters;
        backing.BeforeRead = null;

        StreamJob second = overlay.StartStream(new StreamOptions());
        await second.Completion;

        Assert.InRange(done, DiskBytes / 4 / (int)Cluster, DiskBytes / 4 * 3 / (int)Cluster);
        Assert.Equal(DiskBytes - (ulong)done * Cluster, second.Progress.CopiedBytes);
        Assert.Equal(content, await Disks.ReadAllAsync(overlay));
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task Pause_waits_for_the_copies_in_flight_and_lets_none_begin()
    {
        Hang hang = new();
        (SparseImage overlay, SparseImage backing) = Pair();
        backing.BeforeRead = hang.Deaf;
        StreamJob job = overlay.StartStream(new StreamOptions { MaxCopies = 4, MaxChunkBytes = 64 << 10 });
        await hang.Reached;

        Task pause = job.PauseAsync();
        Assert.False(pause.IsCompleted);
        hang.Release();
        await pause;

        Assert.Equal(JobState.Paused, job.State);
        Assert.Equal(0, job.CopiesInFlight);
        Assert.Equal(0, overlay.Tracker.ActiveCount);
        Assert.Equal(0ul, overlay.Bounce.RentedBytes);
        Assert.InRange(overlay.AllocatedClusters, 1, DiskBytes / (int)Cluster - 1);

        job.Resume();
        await job.Completion;
        Assert.Equal(DiskBytes / (int)Cluster, overlay.AllocatedClusters);
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task A_paused_job_can_be_cancelled()
    {
        (SparseImage overlay, _) = Pair();
        StreamJob job = overlay.StartStream(new StreamOptions { SpeedBytesPerSecond = 1, Time = new ManualClock() });
        await job.PauseAsync();

        await job.CancelAsync();
        job.Resume();

        Assert.True(job.Completion.IsCanceled);
        Assert.Equal(JobState.Concluded, job.State);
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task A_job_that_waits_for_its_speed_limit_can_be_cancelled_or_set_free()
    {
        ManualClock clock = new();
        (SparseImage overlay, _) = Pair();
        StreamJob job = overlay.StartStream(new StreamOptions { SpeedBytesPerSecond = 1, Time = clock });
        await clock.WhenArmedAsync();
        await job.CancelAsync();
        Assert.True(job.Completion.IsCanceled);
        Assert.Equal(0, clock.WaitingTimers);

        job = overlay.StartStream(new StreamOptions { SpeedBytesPerSecond = 1, Time = clock });
        await clock.WhenArmedAsync();
        job.SpeedBytesPerSecond = 0;
        await job.Completion;

        Assert.Equal(DiskBytes / (int)Cluster, overlay.AllocatedClusters);
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task No_more_copies_are_in_flight_than_allowed()
    {
        (SparseImage overlay, SparseImage backing) = Pair();
        int inFlight = 0;
        int most = 0;
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        backing.BeforeRead = async (_, _) =>
        {
            int now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref most, now);
            if (now == 5)
            {
                full.TrySetResult();
            }

            await release.Task;
            Interlocked.Decrement(ref inFlight);
        };

        StreamJob job = overlay.StartStream(new StreamOptions { MaxCopies = 5, MaxChunkBytes = 64 << 10 });
        await full.Task;
        release.SetResult();
        await job.Completion;

        Assert.Equal(5, most);
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task Report_ends_the_job_with_the_error_and_keeps_the_link()
    {
        (SparseImage overlay, SparseImage backing) = Pair();
        backing.BeforeRead = FailAt(1 << 20);

        StreamJob job = overlay.StartStream(new StreamOptions());
        IOException error = await Assert.ThrowsAsync<IOException>(() => job.Completion);

        Assert.Same(error, job.Error);
        Assert.NotNull(overlay.BackingLink);
        Assert.Same(backing, overlay.Backing);
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task Ignore_copies_the_rest_then_ends_with_the_error_and_keeps_the_link()
    {
        (SparseImage overlay, SparseImage backing) = Pair();
        backing.BeforeRead = FailAt(1 << 20);

        StreamJob job = overlay.StartStream(
            new StreamOptions { OnError = ErrorPolicy.Ignore, MaxChunkBytes = 64 << 10 });
        await Assert.ThrowsAsync<IOException>(() => job.Completion);

        Assert.Equal((DiskBytes - (64 << 10)) / (int)Cluster, overlay.AllocatedClusters);
        Assert.Equal((ulong)DiskBytes, job.Progress.Offset);
        Assert.NotNull(overlay.BackingLink);
        await overlay.DisposeAsync();
    }

    [Theory]
    [InlineData(ErrorPolicy.Stop, false)]
    [InlineData(ErrorPolicy.Enospc, true)]
    public async Task Stop_pauses_with_the_error_and_tries_again_on_resume(ErrorPolicy policy, bool diskIsFull)
    {
        (SparseImage overlay, SparseImage backing) = Pair();
        Func<GuestRange, CancellationToken, ValueTask> fail = FailAt(1 << 20, diskIsFull);
        (diskIsFull ? (Action<Func<GuestRange, CancellationToken, ValueTask>>)(hook => overlay.BeforeStore = hook)
            : hook => backing.BeforeRead = hook)(fail);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamJob job = overlay.StartStream(new StreamOptions { OnError = policy });
        job.Changed += (_, _) => SignalWhenStopped(job, stopped);
        SignalWhenStopped(job, stopped);
        await stopped.Task;

        Assert.Equal(JobState.Paused, job.State);
        Assert.IsType<IOException>(job.Error);
        Assert.False(job.Completion.IsCompleted);

        (overlay.BeforeStore, backing.BeforeRead) = (null, null);
        job.Resume();
        await job.Completion;
        Assert.Null(job.Error);
        Assert.Equal(DiskBytes / (int)Cluster, overlay.AllocatedClusters);
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task Enospc_reports_other_errors()
    {
        (SparseImage overlay, SparseImage backing) = Pair();
        backing.BeforeRead = FailAt(1 << 20);

        StreamJob job = overlay.StartStream(new StreamOptions { OnError = ErrorPolicy.Enospc });

        await Assert.ThrowsAsync<IOException>(() => job.Completion);
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task An_error_of_the_last_flush_ends_the_job_and_keeps_the_link()
    {
        (SparseImage overlay, _) = Pair();
        overlay.BeforeFlush = _ => throw new IOException("the flush failed");

        StreamJob job = overlay.StartStream(new StreamOptions());
        await Assert.ThrowsAsync<IOException>(() => job.Completion);

        Assert.NotNull(overlay.BackingLink);
        overlay.BeforeFlush = null;
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task An_error_of_the_program_is_reported_whatever_the_policy()
    {
        (SparseImage overlay, SparseImage backing) = Pair();
        backing.BeforeRead = (_, _) => throw new InvalidOperationException("a bug");

        StreamJob job = overlay.StartStream(new StreamOptions { OnError = ErrorPolicy.Ignore });

        await Assert.ThrowsAsync<InvalidOperationException>(() => job.Completion);
        await overlay.DisposeAsync();
    }

    private static (SparseImage Overlay, SparseImage Backing) Pair()
    {
        SparseImage backing = new(DiskBytes, Cluster, name: "backing");
        backing.Set(0, Disks.Bytes(1, DiskBytes));
        SparseImage overlay = new(DiskBytes, Cluster, name: "overlay") { Link = new BackingLink("backing", "sparse") };
        overlay.AttachBacking(backing);
        return (overlay, backing);
    }

    private static Func<GuestRange, CancellationToken, ValueTask> FailAt(ulong offset, bool diskIsFull = false) =>
        (range, _) => range.Overlaps(new GuestRange(offset, 1))
            ? throw (diskIsFull
                ? StorageErrors.NoSpace("overlay", "write")
                : StorageErrors.InputOutput("backing", "read"))
            : ValueTask.CompletedTask;

    private static void SignalWhenStopped(StreamJob job, TaskCompletionSource stopped)
    {
        if (job.State is JobState.Paused)
        {
            stopped.TrySetResult();
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = Volatile.Read(ref target); seen < value;)
        {
            int before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private sealed class SlowMap(ulong length, ulong clusterBytes, Hang hang) : SparseImage(length, clusterBytes)
    {
        public override async ValueTask<Extent> MapAsync(GuestRange range, CancellationToken cancellation)
        {
            await hang.Deaf(range, cancellation);
            return await base.MapAsync(range, cancellation);
        }
    }
}
