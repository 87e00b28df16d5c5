using System.CommandLine;
using System.Diagnostics;

namespace BlockGen.Cli;

/// <summary><c>blockgen stream</c>: copies an image's backing data into it, and cuts it loose.</summary>
internal sealed class StreamCommand : ToolCommand
{
    public const string Summary = "Copies the backing data into an image, until it needs its backing file no more";

    private readonly Option _format;
    private readonly Option _base;
    private readonly Option _speed;
    private readonly Option _copyOnRead;
    private readonly Option _simulate;
    private readonly Option _progress;
    private readonly Option _quiet;

    public StreamCommand()
        : base("stream", Summary, "filename")
    {
        _format = Syntax.Format();
        _base = Syntax.Value("--base", "file", "The layer that stays as the backing file", "-b");
        _speed = Syntax.Value("--speed", "rate", "Bytes a second at most", "-r");
        _copyOnRead = Syntax.Flag("--cor", "Also keeps what reads fetch from the backing image");
        _simulate = Syntax.Value(
            "--simulate",
            "settings",
            "Makes the backing files slow or failing: latency=20ms,bandwidth=100M,error-rate=0.01");
        _progress = Syntax.Flag("-p", "Shows progress also when the output is no terminal");
        _quiet = Syntax.Quiet();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        string path = line.OnlyOperand();
        ulong speed = line.Last(_speed) is { } speedText ? Sizes.Parse("rate limit", speedText) : 0;
        ImageOpening opening = line.Opening with
        {
            Format = line.Last(_format),
            IsWritable = true,
            CopiesOnRead = line.Has(_copyOnRead),
            Simulate = line.Last(_simulate) is { } settings ? ParseSimulation(settings) : null,
        };
        CancellationToken interruption = console.CatchInterruption();
        await using Image image = await ImageFiles.OpenAsync(path, opening, interruption);
        if (image.BackingLink is null)
        {
            throw new ToolException($"{path}: it has no backing file, so there is nothing to stream");
        }

        Image? layer = line.Last(_base) is { } baseName ? FindLayer(image, baseName) : null;
        Stopwatch watch = Stopwatch.StartNew();
        StreamJob job = image.StartStream(new StreamOptions { Base = layer, SpeedBytesPerSecond = speed });
        await using (interruption.Register(job.Cancel))
        {
            if (!line.Has(_quiet) && (console.IsTerminal || line.Has(_progress)))
            {
                await JobProgress.WatchAsync(job, new Screen(console), path);
            }

            await job.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Conclude(job, path, line.Has(_quiet) ? TextWriter.Null : console.Out, watch.Elapsed);
    }

    private static int Conclude(StreamJob job, string path, TextWriter output, TimeSpan time)
    {
        if (job.Completion.IsCompletedSuccessfully)
        {
            string copied = $"{SizeText.Format(job.Progress.CopiedBytes)} copied in {time.TotalSeconds:0.0} s";
            string backing = job.Image.BackingLink is { } link
                ? $"its backing file is now '{link.Name}'"
                : "it needs no backing file any more";
            output.WriteLine($"{path}: {copied}; {backing}.");
            return ExitCode.Success;
        }

        string left = SizeText.Format(job.Progress.Total - job.Progress.Offset);
        throw new ToolException(job.Error is { } error
            ? $"{path}: {error.Message}\n{left} are left; what was copied stays, and the image is as usable as before."
            : $"{path}: interrupted, {left} are left. What was copied stays: run the command again to go on.");
    }

    private static Func<IStorage, IStorage> ParseSimulation(string settings)
    {
        try
        {
            return Simulation.Parse(settings);
        }
        catch (FormatException failure)
        {
            throw new ToolException(failure.Message);
        }
    }

    private static Image FindLayer(Image image, string name) =>
        ChainLayers.Find(image, name)
        ?? throw new ToolException($"'{name}' is not in the backing chain of '{image.Storage.Name}'");
}
