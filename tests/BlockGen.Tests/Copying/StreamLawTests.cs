namespace BlockGen.Tests.Copying;

/// <summary>What guests may count on while their disk is streamed.</summary>
public sealed class StreamLawTests
{
    private const ulong Cluster = 4096;
    private const int DiskBytes = 1 << 20;

    [Fact]
    public async Task A_guest_write_waits_for_the_copy_it_overlaps_and_wins()
    {
        Hang hang = new();
        (SparseImage overlay, SparseImage backing) = Pair();
        backing.BeforeRead = hang.Deaf;
        StreamJob job = overlay.StartStream(new StreamOptions());
        await hang.Reached;
        byte[] data = Disks.Bytes(2, 100);

        Task write = overlay.WriteAsync(new GuestOffset(10), data, CancellationToken.None).AsTask();
        Assert.False(write.IsCompleted);
        hang.Release();
        await write;
        await job.Completion;

        Assert.Equal(data, (await Disks.ReadAllAsync(overlay))[10..110]);
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task A_guest_read_never_waits_for_a_copy()
    {
        Hang hang = new();
        (SparseImage overlay, SparseImage backing) = Pair();
        overlay.BeforeStore = hang.Deaf;
        StreamJob job = overlay.StartStream(new StreamOptions());
        await hang.Reached;

        byte[] content = await Disks.ReadAllAsync(overlay);

        Assert.Equal(Disks.Bytes(1, DiskBytes), content);
        hang.Release();
        await job.Completion;
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task A_copy_passes_over_what_a_guest_write_covers_and_comes_back_to_it()
    {
        Hang hang = new();
        (SparseImage overlay, SparseImage backing) = Pair();
        overlay.BeforeWrite = hang.Deaf;
        byte[] data = Disks.Bytes(2, 100);
        Task write = overlay.WriteAsync(new GuestOffset(5), data, CancellationToken.None).AsTask();
        await hang.Reached;

        // The writer waits until every chunk but its own is stored: a copy that waited for the writer would hang here.
        TaskCompletionSource othersAreDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StreamJob job = overlay.StartStream(new StreamOptions { MaxCopies = 1, MaxChunkBytes = 64 << 10 });
        job.Changed += (_, _) => SignalAt(job, DiskBytes - (64 << 10), othersAreDone);
        SignalAt(job, DiskBytes - (64 << 10), othersAreDone);
        await othersAreDone.Task;
        Assert.False(job.Completion.IsCompleted);
        hang.Release();
        await write;
        await job.Completion;

        byte[] expected = Disks.Bytes(1, DiskBytes);
        data.CopyTo(expected, 5);
        Assert.Equal(expected, await Disks.ReadAllAsync(overlay));
        Assert.Null(overlay.Backing);
        await overlay.DisposeAsync();
    }

    [Fact]
    public async Task What_a_guest_has_allocated_since_the_scan_is_not_read_again()
    {
        (SparseImage overlay, SparseImage backing) = Pair();
        List<GuestRange> reads = [];
        StreamJob job = overlay.StartStream(new StreamOptions { SpeedBytesPerSecond = 1, Time = new StoppedClock() });
        backing.BeforeRead = (range, _) =>
        {
            lock (reads)
            {
                reads.Add(range);
            }

            return ValueTask.CompletedTask;
        };
        await job.PauseAsync();
        await overlay.WriteAsync(new GuestOffset(0), Disks.Bytes(2, DiskBytes), CancellationToken.None);
        reads.Clear();
        job.SpeedBytesPerSecond = 0;
        job.Resume();
        await job.Completion;

        Assert.Empty(reads);
        await overlay.DisposeAsync();
    }

    private static void SignalAt(StreamJob job, ulong offset, TaskCompletionSource reached)
    {
        if (job.Progress.Offset >= offset)
        {
            reached.TrySetResult();
        }
    }

    private static (SparseImage Overlay, SparseImage Backing) Pair()
    {
        SparseImage backing = new(DiskBytes, Cluster, name: "backing");
        backing.Set(0, Disks.Bytes(1, DiskBytes));
        SparseImage overlay = new(DiskBytes, Cluster, name: "overlay") { Link = new BackingLink("backing", "sparse") };
        overlay.AttachBacking(backing);
        return (overlay, backing);
    }

    /// <summary>Time stands still: nobody is ever let through by waiting.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
