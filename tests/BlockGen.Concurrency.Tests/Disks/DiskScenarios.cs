using BlockGen.Concurrency.Tests.Exploring;
using BlockGen.Concurrency.Tests.Guests;
using BlockGen.Concurrency.Tests.Support;
using static BlockGen.Concurrency.Tests.Guests.GuestRequest;

namespace BlockGen.Concurrency.Tests.Disks;

/// <summary>Two or three guests at work while something else happens to their disk.</summary>
internal static class DiskScenarios
{
    private const ulong OneLeafTable = 2 << 20;
    private const ulong Block = 1 << 20;

    private static readonly DiskShape s_overlay = new(["raw", "qed"], 7 * 4096 + 512, 0, 57);
    private static readonly DiskShape s_twoTables = new(["raw", "qed"], OneLeafTable + 8192, OneLeafTable - 8192, 32);
    private static readonly DiskShape s_chain = new(["raw", "qed", "qed"], 6 * 4096, 0, 48);
    private static readonly DiskShape s_overQed = new(["qed", "qed"], 6 * 4096, 0, 48);
    private static readonly DiskShape s_overVdi = new(["vdi", "qed"], 2 * Block, Block - 8192, 32);
    private static readonly DiskShape s_alone = new(["vdi"], 2 * Block, Block - 8192, 32);
    private static readonly DiskShape s_oneCluster = new(["raw", "qed"], 4096, 0, 8);
    private static readonly DiskShape s_growingOverlay = new(["raw", "qed"], 3 * 4096 - 512, 0, 23)
    {
        BaseLength = 7 * 4096,
    };

    private static readonly OpenOptions s_keeping = new() { CopyOnRead = true };
    private static readonly OpenOptions s_committing = new() { WritableBacking = static _ => true };
    private static readonly DiskShape s_growing = new(["vdi"], Block + 4096, Block - 4096, 16);

    public static IEnumerable<Scenario> All =>
    [
        Make("stream", s_overlay, new OpenOptions(), StreamAsync),
        Make("stream-one-cluster", s_oneCluster, new OpenOptions(), StreamAsync, Read),
        Make("stream-two-tables", s_twoTables, new OpenOptions(), StreamAsync),
        Make("stream-to-base", s_chain, new OpenOptions(), StreamToBaseAsync),
        Make("stream-cancelled", s_overlay, new OpenOptions(), StreamTwiceAsync),
        Make("stream-paused", s_overlay, new OpenOptions(), StreamWithPauseAsync),
        Make("copy-on-read", s_overlay, s_keeping, NothingElseAsync, Read, Read, Write, Zero),
        Make("copy-on-read-two-tables", s_twoTables, s_keeping, NothingElseAsync, Read, Read, Write),
        Make("copy-on-read-stream", s_overlay, s_keeping, StreamAsync, Read, Read, Write),
        Make("commit", s_overQed, s_committing, CommitAsync),
        Make("commit-to-vdi", s_overVdi, s_committing, CommitAsync),
        Make("requests", s_overlay, new OpenOptions(), FlushAsync),
        Make("requests-vdi", s_alone, new OpenOptions(), FlushAsync),
        Resizing("resize", s_growingOverlay, 6 * 4096),
        Resizing("resize-vdi", s_growing, 2 * Block),
    ];

    private static Scenario Make(
        string name, DiskShape shape, OpenOptions options, Func<OpenDisk, Task> elseAsync, params GuestRequest[] kinds)
    {
        kinds = kinds.Length > 0 ? kinds : [Write, Read, Zero, Discard, Write];
        return new(name, () => RunAsync(shape, options, elseAsync, kinds)) { PrepareAsync = shape.MakeAsync };
    }

    private static async Task RunAsync(
        DiskShape shape, OpenOptions options, Func<OpenDisk, Task> elseAsync, GuestRequest[] kinds)
    {
        OpenDisk disk = await OpenDisk.OpenAsync(shape, options).ConfigureAwait(false);
        int guestCount = 2 + Choice.Below(2);
        await Actors.RunAsync(Enumerable.Range(1, guestCount)
            .Select(number => (Func<Task>)(() => disk.Guest(number).WorkAsync(1 + Choice.Below(2), kinds)))
            .Prepend(() => elseAsync(disk))).ConfigureAwait(false);
        await disk.CloseAndExpectAsync().ConfigureAwait(false);
    }

    private static Scenario Resizing(string name, DiskShape shape, ulong length)
    {
        int gained = (int)((Math.Min(length, shape.Length + 8192) - shape.Length) / SectorHistory.SectorBytes);
        return new(name, async () =>
        {
            OpenDisk disk = await OpenDisk.OpenAsync(shape, new OpenOptions(), gained).ConfigureAwait(false);
            await Actors.RunAsync(
                () => ResizeAsync(disk, length, gained),
                () => disk.Guest(1).WorkAsync(2, Write, Read, Zero, Discard, Flush),
                () => disk.Guest(2).WorkAsync(2, Write, Write, Read)).ConfigureAwait(false);
            await disk.CloseAndExpectAsync().ConfigureAwait(false);
        })
        {
            PrepareAsync = shape.MakeAsync,
        };
    }

    private static async Task ResizeAsync(OpenDisk disk, ulong length, int gained)
    {
        await disk.Image.ResizeAsync(length, Preallocation.Off, CancellationToken.None).ConfigureAwait(false);
        Guest guest = disk.Guest(9);
        await guest.AskAsync(Read, disk.Window.SectorCount, gained).ConfigureAwait(false);
        await guest.AskAsync(Write, disk.Window.SectorCount, 1 + Choice.Below(gained)).ConfigureAwait(false);
        await guest.AskAsync(Read, disk.Window.SectorCount, gained).ConfigureAwait(false);
    }

    private static Task NothingElseAsync(OpenDisk disk) => Task.CompletedTask;

    private static async Task FlushAsync(OpenDisk disk)
    {
        await disk.Image.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await disk.Image.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task StreamAsync(OpenDisk disk)
    {
        await disk.Image.StartStream(Streaming).Completion.ConfigureAwait(false);
        Assert.Null(disk.Image.BackingLink);
    }

    private static StreamOptions Streaming =>
        new() { MaxCopies = 2, MaxChunkBytes = 8192, Time = new SteppingClock() };

    private static async Task StreamToBaseAsync(OpenDisk disk)
    {
        Image baseLayer = disk.Image.Layers.Last();
        await disk.Image.StartStream(Streaming with { Base = baseLayer }).Completion.ConfigureAwait(false);
        Assert.Equal(DiskShape.LayerName(0), disk.Image.BackingLink?.Name);
    }

    /// <summary>Cancelled somewhere, it is started again and comes to its end.</summary>
    private static async Task StreamTwiceAsync(OpenDisk disk)
    {
        StreamJob job = disk.Image.StartStream(Streaming);
        for (int i = Choice.Below(4); i > 0; i--)
        {
            await disk.Guest(8).WorkAsync(1, Read).ConfigureAwait(false);
        }

        await job.CancelAsync().ConfigureAwait(false);
        Assert.Equal(JobState.Concluded, job.State);

        // The time that a cancellation gives to copies in flight may have passed at once.
        await job.PauseAsync().ConfigureAwait(false);
        if (disk.Image.BackingLink is not null)
        {
            await StreamAsync(disk).ConfigureAwait(false);
        }
    }

    private static async Task StreamWithPauseAsync(OpenDisk disk)
    {
        StreamJob job = disk.Image.StartStream(Streaming);
        await job.PauseAsync().ConfigureAwait(false);
        Assert.Equal(0, job.CopiesInFlight);
        await disk.Guest(8).WorkAsync(1, Read, Write).ConfigureAwait(false);
        Assert.True(job.State is JobState.Concluded || job.CopiesInFlight == 0);
        job.Resume();
        await job.Completion.ConfigureAwait(false);
        Assert.Null(disk.Image.BackingLink);
    }

    /// <summary>The base holds afterwards what the disk may have held meanwhile, and is sound.</summary>
    private static async Task CommitAsync(OpenDisk disk)
    {
        int begun = disk.Window.History.Now;
        CommitOptions options = new() { MaxCopies = 2, MaxChunkBytes = 8192, Time = new SteppingClock() };
        await disk.Image.StartCommit(options).Completion.ConfigureAwait(false);
        Image baseLayer = disk.Image.Backing!;
        await disk.Window.ExpectAsync("the base", baseLayer, begun).ConfigureAwait(false);
        await OpenDisk.ExpectSoundAsync(baseLayer).ConfigureAwait(false);
    }
}
