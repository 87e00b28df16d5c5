using BlockGen.Concurrency.Tests.Guests;
using BlockGen.Concurrency.Tests.Support;
using Microsoft.Coyote.Runtime;

namespace BlockGen.Concurrency.Tests.Disks;

/// <summary>A chain of images in memory, open for one schedule.</summary>
internal sealed class OpenDisk
{
    private readonly MemoryStorage[] _layers;

    private OpenDisk(DiskShape shape, MemoryStorage[] layers, uint[] initial, int gainedSectorCount)
    {
        Shape = shape;
        _layers = layers;
        SectorHistory history = new([.. initial, .. new uint[gainedSectorCount]]);
        Window = new DiskWindow(history, shape.Start) { SectorCount = initial.Length };
    }

    public DiskShape Shape { get; }

    /// <summary>What guests use.</summary>
    public required Image Image { get; init; }

    /// <summary>The part that the scenario is about.</summary>
    public DiskWindow Window { get; }

    /// <summary>Opens a chain of a shape.</summary>
    /// <param name="shape">The shape; made.</param>
    /// <param name="options">For the top image.</param>
    /// <param name="gainedSectorCount">Sectors that the disk will have gained in the end.</param>
    public static async Task<OpenDisk> OpenAsync(DiskShape shape, OpenOptions options, int gainedSectorCount = 0)
    {
        (MemoryStorage[] layers, uint[] initial) = shape.Copy();

        // Nobody else is there yet.
        SchedulingPoint.Suppress();
        Image image = await OpenChainAsync(shape, layers, options, layer => new YieldingStorage(layer))
            .ConfigureAwait(false);
        SchedulingPoint.Resume();
        return new OpenDisk(shape, layers, initial, gainedSectorCount) { Image = image };
    }

    public Guest Guest(int number) => new(Image, Window, number);

    /// <summary>
    /// Nothing is under way any more, and the disk holds what was written, at once and when it is opened again; all
    /// tables are right.
    /// </summary>
    public async Task CloseAndExpectAsync()
    {
        Image.CopyOnRead = false;
        await Image.SettleCopyOnReadAsync(CancellationToken.None).ConfigureAwait(false);
        Assert.Equal(0, Image.Tracker.ActiveCount);
        Assert.Equal(0UL, Image.Bounce.RentedBytes);
        SchedulingPoint.Suppress();
        await Window.ExpectAsync("the disk", Image).ConfigureAwait(false);
        await ExpectSoundAsync(Image).ConfigureAwait(false);
        bool hasBacking = Image.BackingLink is not null;
        await Image.DisposeAsync().ConfigureAwait(false);

        await using Image again = await OpenChainAsync(Shape, _layers, new OpenOptions(), layer => layer)
            .ConfigureAwait(false);
        Assert.Equal(hasBacking, again.Backing is not null);
        await Window.ExpectAsync("the disk when it is opened again", again).ConfigureAwait(false);
        await ExpectSoundAsync(again).ConfigureAwait(false);
    }

    /// <summary>The image's tables have neither errors nor leaks.</summary>
    public static async Task ExpectSoundAsync(Image image)
    {
        if (image.ClusterBytes == 0)
        {
            return;
        }

        CheckReport report = await image.CheckAsync(CancellationToken.None).ConfigureAwait(false);
        Assert.True(
            report.Errors == 0 && report.Leaks == 0,
            $"{image.Storage.Name}: {report.Errors} errors, {report.Leaks} leaks: "
            + string.Join("; ", report.Findings));
    }

    /// <summary>Opens the top one of some layers.</summary>
    public static async Task<Image> OpenChainAsync(
        DiskShape shape, MemoryStorage[] layers, OpenOptions options, Func<MemoryStorage, IStorage> wrap) =>
        await shape.Registry.OpenAsync(
            wrap(layers[^1]),
            shape.Formats[^1],
            options with
            {
                ProbeBacking = true,
                Gate = (link, _, _) => ValueTask.FromResult(
                    wrap(layers.Single(layer => layer.Name == link.Name))),
            },
            CancellationToken.None).ConfigureAwait(false);
}
