namespace BlockGen.Testing;

public abstract partial class BlockDriverConformance<TImage>
{
    private const string StreamDeclaration = "the lookup, the leaf entry's kinds and [BackingLink]";

    /// <summary>Streams while 16 guests write, zero, read and scribble over their read buffers.</summary>
    [Fact]
    public Task Streaming_undisturbed() => StreamAsync(async (disk, _) =>
        await disk.Image.StartStream(StreamingOptions()).Completion.ConfigureAwait(false));

    /// <summary>Streams while what guests read is kept too.</summary>
    [Fact]
    public Task Streaming_with_copy_on_read() => StreamAsync(
        async (disk, _) => await disk.Image.StartStream(StreamingOptions()).Completion.ConfigureAwait(false),
        copyOnRead: true);

    /// <summary>Streams with pauses.</summary>
    [Fact]
    public Task Streaming_paused_and_resumed() => StreamAsync(async (disk, seed) =>
    {
        Random random = new(seed);
        StreamJob job = disk.Image.StartStream(StreamingOptions());
        for (int i = 0; i < 3; i++)
        {
            await ProgressAsync(job, random.NextDouble()).ConfigureAwait(false);
            await job.PauseAsync().ConfigureAwait(false);
            Assert.Equal(0, job.CopiesInFlight);
            job.Resume();
        }

        await job.Completion.ConfigureAwait(false);
    });

    /// <summary>Streams that are cancelled anywhere are started again.</summary>
    [Fact]
    public Task Streaming_cancelled_and_started_again() => StreamAsync(async (disk, seed) =>
    {
        Random random = new(seed);
        for (int i = 0; i < 3 && disk.Image.Backing is not null; i++)
        {
            StreamJob job = disk.Image.StartStream(StreamingOptions());
            await ProgressAsync(job, random.NextDouble()).ConfigureAwait(false);
            await job.CancelAsync().ConfigureAwait(false);
            Assert.Equal(JobState.Concluded, job.State);
        }

        await disk.Image.StartStream(StreamingOptions()).Completion.ConfigureAwait(false);
    });

    /// <summary>Streams from a base that cannot be read now and then.</summary>
    [Fact]
    public Task Streaming_with_read_errors_that_go_away() => StreamAsync(async (disk, seed) =>
    {
        disk.BackingFaults.Rule = OnLong(StorageOperation.Read, FaultRules.Sometimes(0.3, seed, Fault.InputOutput));
        await ResumeUntilDoneAsync(disk.Image.StartStream(StreamingOptions(ErrorPolicy.Stop))).ConfigureAwait(false);
        disk.BackingFaults.Rule = null;
    });

    /// <summary>Streams to a disk that is full now and then.</summary>
    [Fact]
    public Task Streaming_to_a_disk_that_is_full_now_and_then() => StreamAsync(async (disk, seed) =>
    {
        disk.OverlayFaults.Rule = OnLong(StorageOperation.Write, FaultRules.Sometimes(0.3, seed, Fault.NoSpace));
        await ResumeUntilDoneAsync(disk.Image.StartStream(StreamingOptions(ErrorPolicy.Enospc))).ConfigureAwait(false);
        disk.OverlayFaults.Rule = null;
    });

    /// <summary>An image that is closed in the middle of a stream is streamed after it is opened again.</summary>
    [Fact]
    public Task Streaming_closed_in_the_middle_and_opened_again() => ForEachSeedAsync(async (overlay, below, seed) =>
    {
        Random random = new(seed);
        StreamedDisk disk = await StreamedDisk.CreateAsync(overlay, below, seed).ConfigureAwait(false);
        GuestLoad load = await GuestLoad.StartAsync(disk, seed).ConfigureAwait(false);
        StreamJob job = disk.Image.StartStream(StreamingOptions());
        await ProgressAsync(job, random.NextDouble() / 2).ConfigureAwait(false);
        await load.EndAsync().ConfigureAwait(false);

        // Closing ends the job.
        await disk.Image.DisposeAsync().ConfigureAwait(false);
        Assert.Equal(JobState.Concluded, job.State);

        await UseAsync(disk.ReopenAsync(), async reopened =>
        {
            await reopened.ExpectContentAsync(disk.Expected).ConfigureAwait(false);
            await reopened.StartStream(StreamingOptions()).Completion.ConfigureAwait(false);
            Assert.Null(reopened.BackingLink);
            await reopened.ExpectContentAsync(disk.Expected).ConfigureAwait(false);
            await reopened.ExpectSoundAsync(mayLeak: true).ConfigureAwait(false);
        }).ConfigureAwait(false);
    });

    private Task StreamAsync(Func<StreamedDisk, int, Task> stream, bool copyOnRead = false) =>
        ForEachSeedAsync(async (overlay, below, seed) =>
        {
            StreamedDisk disk = await StreamedDisk.CreateAsync(overlay, below, seed, copyOnRead).ConfigureAwait(false);
            await using (disk.ConfigureAwait(false))
            {
                GuestLoad load = await GuestLoad.StartAsync(disk, seed).ConfigureAwait(false);
                await stream(disk, seed).ConfigureAwait(false);
                await load.EndAsync().ConfigureAwait(false);
                await disk.VerifyStreamedAsync().ConfigureAwait(false);
            }
        });

    /// <summary>
    /// Streams into images of the format from bases of every format; of a format without backing images, from them.
    /// </summary>
    private async Task ForEachSeedAsync(Func<ImageRecipe, ImageRecipe, int, Task> test)
    {
        const int thinning = 10;
        int seedCount = Format.HasBacking ? StreamedDiskCount : (StreamedDiskCount + thinning - 1) / thinning;
        for (int seed = 1; seed <= seedCount; seed++)
        {
            string options = Shapes[seed % Shapes.Count];
            ImageRecipe own = new(Format, options);
            ImageRecipe[] bases = Format.HasBacking
                ? [new ImageRecipe(PlainDisk.Format), own, .. BackingFormats.Select(format => new ImageRecipe(format))]
                : [own];
            ImageRecipe overlay = Format.HasBacking ? own : new ImageRecipe(OverlayDisk.Format);
            ImageRecipe below = bases[seed / Shapes.Count % bases.Length];
            try
            {
                await test(overlay, below, seed).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                throw new ConformanceException(
                    $"{overlay} over {below}, seed {seed}: {error.Message.TrimEnd('.')}. "
                    + $"Look at {StreamDeclaration} of {typeof(TImage).Name}.",
                    error);
            }
        }
    }
}
