using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen rebase</c>: puts an image on another backing file.</summary>
internal sealed class RebaseCommand : ToolCommand
{
    public const string Summary = "Puts an image on another backing file, or on none";

    private readonly Option _format;
    private readonly Option _cache;
    private readonly Option _sourceCache;
    private readonly Option _backing;
    private readonly Option _backingFormat;
    private readonly Option _unsafe;
    private readonly Option _progress;
    private readonly Option _forceShare;

    public RebaseCommand()
        : base("rebase", Summary, "filename")
    {
        _format = Syntax.Format();
        _cache = Syntax.Value("-t", "cache", "Cache mode: none, writeback, writethrough, directsync or unsafe");
        _sourceCache = Syntax.Value("-T", "cache", "Cache mode of the backing files");
        _backing = Syntax.Value("-b", "backing_file", "The new backing file; empty for none");
        _backingFormat = Syntax.Value("-F", "backing_fmt", "Format of the new backing file");
        _unsafe = Syntax.Flag("-u", "Changes the name only: the new file holds what the old one does");
        _progress = Syntax.ShowProgress();
        Syntax.Quiet();
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        string path = line.OnlyOperand();
        bool isUnsafe = line.Has(_unsafe);
        if (!isUnsafe && !line.Has(_backing))
        {
            throw ToolException.Usage("Must specify backing file (-b) or use unsafe mode (-u)");
        }

        ImageOpening opening = line.Opening with
        {
            Format = line.Last(_format),
            IsWritable = true,
            IgnoresLocks = line.Has(_forceShare),
            OpensBacking = !isUnsafe,
            Cache = CacheMode.Parse(line.Last(_cache), CacheMode.Writeback, "cache"),
        };
        ImageOpening below = line.Opening with
        {
            Format = line.Last(_backingFormat),
            IgnoresLocks = opening.IgnoresLocks,
            Cache = CacheMode.Parse(line.Last(_sourceCache), CacheMode.Writeback, "source cache"),
        };
        CancellationToken interruption = console.CatchInterruption();
        await using Image image = await ImageFiles.OpenAsync(path, opening, interruption);
        GuessedRaw.Warn(console, path, opening, image);
        string name = line.Last(_backing) ?? "";
        BackingLink? link = name.Length == 0 ? null : new BackingLink(name, below.Format);
        RequireKnown(below.Format);
        if (isUnsafe)
        {
            RequireLink(image, link, name);
            await image.RewriteBackingLinkAsync(link, interruption);
        }
        else
        {
            ProgressText progress = new(console, line.Has(_progress));
            await RebaseAsync(image, link, below, progress, interruption);
        }

        return ExitCode.Success;
    }

    private static async ValueTask RebaseAsync(
        Image image, BackingLink? link, ImageOpening below, ProgressText progress, CancellationToken interruption)
    {
        Image? backing = link is null ? null : await FindBackingAsync(image, link.Name, below, interruption);
        bool isOwned = backing is null || image.Layers.Contains(backing);
        try
        {
            RequireLink(image, link, link?.Name ?? "");
            RebaseJob job = image.StartRebase(new RebaseOptions { Backing = backing, Link = link });
            await JobRun.FinishAsync(job, progress, interruption);
            isOwned = true;
        }
        finally
        {
            if (!isOwned)
            {
                await backing!.DisposeAsync();
            }
        }
    }

    private static async ValueTask<Image> FindBackingAsync(
        Image image, string name, ImageOpening below, CancellationToken cancellation)
    {
        string path = BackingNames.Resolve(image.Storage.Name, name);
        if (ChainLayers.Find(image, path) is { } layer)
        {
            return layer;
        }

        try
        {
            return await ImageFiles.TryOpenAsync(path, below, cancellation);
        }
        catch (ImageException failure)
        {
            throw new ToolException($"Could not open new backing file '{name}': {failure.Message}");
        }
    }

    private static void RequireKnown(string? format)
    {
        if (format is not null && ImageFiles.Formats.Formats.All(known => known.Name != format))
        {
            throw new ToolException($"Invalid format name: '{format}'");
        }
    }

    private static void RequireLink(Image image, BackingLink? link, string name)
    {
        string? reason = link switch
        {
            _ when !image.Driver.HasBacking => "Operation not supported",
            { Format: null } => "backing format must be specified",
            _ => null,
        };
        if (reason is not null)
        {
            throw new ToolException($"Could not change the backing file to '{name}': {reason}");
        }
    }
}
