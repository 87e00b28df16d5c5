namespace BlockGen.Drivers.Tests.Streaming;

/// <summary>
/// Streams a QED overlay while 16 guests use it, for many seeds; the content is known exactly at every moment.
/// </summary>
public sealed class StreamingUnderLoadTests
{
    private const int LongRequest = 128 << 10;

    public static TheoryData<int> AllSeeds => Seeds.All;

    private static StreamOptions Options(ErrorPolicy onError = ErrorPolicy.Report) =>
        new() { MaxCopies = 16, MaxChunkBytes = 256 << 10, OnError = onError };

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task Undisturbed(int seed)
    {
        await using StreamedDisk disk = await StreamedDisk.CreateAsync(seed);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed);

        await disk.Image.StartStream(Options()).Completion;

        await load.EndAsync();
        await disk.VerifyStreamedAsync();
    }

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task With_copy_on_read(int seed)
    {
        await using StreamedDisk disk = await StreamedDisk.CreateAsync(seed, copyOnRead: true);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed);

        await disk.Image.StartStream(Options()).Completion;

        await load.EndAsync();
        await disk.VerifyStreamedAsync();
    }

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task Paused_and_resumed(int seed)
    {
        Random random = new(seed);
        await using StreamedDisk disk = await StreamedDisk.CreateAsync(seed);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed);

        StreamJob job = disk.Image.StartStream(Options());
        for (int i = 0; i < 3; i++)
        {
            await ProgressAsync(job, random.NextDouble());
            await job.PauseAsync();
            Assert.Equal(0, job.CopiesInFlight);
            job.Resume();
        }

        await job.Completion;
        await load.EndAsync();
        await disk.VerifyStreamedAsync();
    }

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task Cancelled_and_started_again(int seed)
    {
        Random random = new(seed);
        await using StreamedDisk disk = await StreamedDisk.CreateAsync(seed);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed);

        for (int i = 0; i < 3 && disk.Image.Backing is not null; i++)
        {
            StreamJob job = disk.Image.StartStream(Options());
            await ProgressAsync(job, random.NextDouble());
            await job.CancelAsync();
            Assert.Equal(JobState.Concluded, job.State);
        }

        await disk.Image.StartStream(Options()).Completion;
        await load.EndAsync();
        await disk.VerifyStreamedAsync();
    }

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task With_read_errors_that_go_away(int seed)
    {
        await using StreamedDisk disk = await StreamedDisk.CreateAsync(seed);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed);
        disk.BackingFaults.Rule = OnLong(StorageOperation.Read, FaultRules.Sometimes(0.3, seed, Fault.InputOutput));

        await ResumeUntilDoneAsync(disk.Image.StartStream(Options(ErrorPolicy.Stop)));

        disk.BackingFaults.Rule = null;
        await load.EndAsync();
        await disk.VerifyStreamedAsync();
    }

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task On_a_disk_that_is_full_now_and_then(int seed)
    {
        await using StreamedDisk disk = await StreamedDisk.CreateAsync(seed);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed);
        disk.OverlayFaults.Rule = OnLong(StorageOperation.Write, FaultRules.Sometimes(0.3, seed, Fault.NoSpace));

        await ResumeUntilDoneAsync(disk.Image.StartStream(Options(ErrorPolicy.Enospc)));

        disk.OverlayFaults.Rule = null;
        await load.EndAsync();
        await disk.VerifyStreamedAsync();
    }

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public async Task Closed_in_the_middle_and_streamed_after_opening_again(int seed)
    {
        Random random = new(seed);
        await using StreamedDisk disk = await StreamedDisk.CreateAsync(seed);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed);
        StreamJob job = disk.Image.StartStream(Options());
        await ProgressAsync(job, random.NextDouble() / 2);
        await load.EndAsync();

        // Closing ends the job.
        await disk.Image.DisposeAsync();
        Assert.Equal(JobState.Concluded, job.State);

        await using Image reopened = await disk.ReopenAsync();
        await StreamedDisk.AssertHoldsAsync(reopened, disk.Expected);
        await reopened.StartStream(Options()).Completion;
        Assert.Null(reopened.BackingLink);
        await StreamedDisk.AssertHoldsAsync(reopened, disk.Expected);
        Assert.Equal(0ul, (await reopened.CheckAsync(CancellationToken.None)).Errors);
    }

    /// <summary>Faults for the copies alone: guests' requests are shorter.</summary>
    private static FaultRule OnLong(StorageOperation operation, FaultRule rule) =>
        request => request.Operation == operation && request.Range.Length >= LongRequest ? rule(request) : null;

    /// <summary>Returns when the job has come so far, or is over.</summary>
    private static async Task ProgressAsync(StreamJob job, double fraction)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs arguments)
        {
            if (job.Progress.Offset >= job.Progress.Total * fraction)
            {
                reached.TrySetResult();
            }
        }

        job.Changed += Look;
        Look(job, EventArgs.Empty);
        await Task.WhenAny(reached.Task, job.Completion);
        job.Changed -= Look;
    }

    /// <summary>Resumes the job every time an error has paused it.</summary>
    private static async Task ResumeUntilDoneAsync(StreamJob job)
    {
        void Look(object? sender, EventArgs arguments)
        {
            if (job.State is JobState.Paused)
            {
                // Null when another copy's listener has resumed between the two looks.
                Assert.True(job.Error is null or IOException);
                job.Resume();
            }
        }

        job.Changed += Look;
        Look(job, EventArgs.Empty);
        await job.Completion;
    }
}
