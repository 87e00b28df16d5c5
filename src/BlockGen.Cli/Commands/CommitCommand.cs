using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen commit</c>: copies an image's data into its backing file.</summary>
internal sealed class CommitCommand : ToolCommand
{
    public const string Summary = "Copies the data of an image into its backing file, or one further down";

    private readonly Option _format;
    private readonly Option _cache;
    private readonly Option _base;
    private readonly Option _rate;
    private readonly Option _progress;
    private readonly Option _quiet;

    public CommitCommand()
        : base("commit", Summary, "filename")
    {
        _format = Syntax.Format();
        _cache = Syntax.Value("-t", "cache", "Cache mode: none, writeback, writethrough, directsync or unsafe");
        _base = Syntax.Value("-b", "base", "The layer that receives the data; the backing file when not given");
        _rate = Syntax.Value("-r", "rate", "Bytes a second at most");
        Syntax.Flag("-d", "Leaves the image as it is; no format can be emptied yet");
        _progress = Syntax.ShowProgress();
        _quiet = Syntax.Quiet();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        ulong speed = line.Last(_rate) is { } rate ? Sizes.Parse("rate limit", rate) : 0;
        string path = line.OnlyOperand();
        CancellationToken interruption = console.CatchInterruption();
        ImageOpening opening = line.Opening with
        {
            Format = line.Last(_format),
            IsWritable = true,
            Cache = CacheMode.Parse(line.Last(_cache), CacheMode.Writeback, "cache"),
        };
        opening = opening with
        {
            WritableBacking = await FindBaseAsync(path, opening, line.Last(_base), console, interruption),
        };
        await using Image image = await ImageFiles.OpenAsync(path, opening, interruption);
        bool isQuiet = line.Has(_quiet);
        ProgressText progress = new(console, line.Has(_progress) && !isQuiet);
        CommitJob job = image.StartCommit(new CommitOptions
        {
            Base = image.Layers.Skip(1).First(layer => layer.Storage.Name == opening.WritableBacking),
            SpeedBytesPerSecond = speed,
        });
        await JobRun.FinishAsync(job, progress, interruption);
        if (!isQuiet)
        {
            console.Out.WriteLine("Image committed.");
        }

        return ExitCode.Success;
    }

    /// <summary>The file that must be opened for writing is known once the chain has been read.</summary>
    private static async ValueTask<string> FindBaseAsync(
        string path, ImageOpening opening, string? name, ToolConsole console, CancellationToken cancellation)
    {
        ImageOpening reading = opening with { IsWritable = false, IgnoresLocks = true };
        await using Image image = await ImageFiles.OpenAsync(path, reading, cancellation);
        GuessedRaw.Warn(console, path, opening, image);
        Image? found = name is null ? image.Backing : ChainLayers.Find(image, name);
        return found?.Storage.Name ?? throw new ToolException(name is null
            ? "Image does not have a backing file"
            : $"Did not find '{name}' in the backing chain of '{path}'");
    }
}
