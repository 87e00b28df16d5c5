using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen bitmap</c>: changes the bitmaps that an image keeps inside itself.</summary>
internal sealed class BitmapCommand : ToolCommand
{
    public const string Summary = "Makes, changes and deletes bitmaps that an image keeps of what was written";

    private readonly Dictionary<string, Option> _actions;
    private readonly Option _granularity;
    private readonly Option _format;
    private readonly Option _source;
    private readonly Option _sourceFormat;

    public BitmapCommand()
        : base("bitmap", Summary, "filename bitmap")
    {
        _actions = new Dictionary<string, Option>
        {
            ["add"] = Syntax.Flag("--add", "Makes a bitmap"),
            ["remove"] = Syntax.Flag("--remove", "Deletes a bitmap"),
            ["clear"] = Syntax.Flag("--clear", "Empties a bitmap"),
            ["enable"] = Syntax.Flag("--enable", "Lets a bitmap record writes"),
            ["disable"] = Syntax.Flag("--disable", "Stops a bitmap from recording"),
            ["merge"] = Syntax.Value("--merge", "source_bitmap", "Adds another bitmap to it"),
        };
        _granularity = Syntax.Value("-g", "size", "Bytes for each bit of a new bitmap", "--granularity");
        _format = Syntax.Format();
        _source = Syntax.Value("-b", "source_file", "The image that has the other bitmap", "--source-file");
        _sourceFormat = Syntax.Value("-F", "source_fmt", "The format of that image", "--source-format");
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        ulong? granularity = line.Last(_granularity) is { } text
            ? Sizes.Parse("granularity", text, least: 1, most: long.MaxValue)
            : null;
        (string Action, string? Source)[] actions =
        [
            .. line.InOrder(_actions.Values).Select(given => (
                _actions.First(action => action.Value == given.Option).Key, given.Value)),
        ];
        RequireSound(line, actions.Select(action => action.Action));
        ImageOpening opening = line.Opening with
        {
            Format = line.Last(_format),
            IsWritable = true,
            IsForMetadata = true,
        };
        string bitmap = line.Operands[1];
        await using Image image = await ImageFiles.OpenAsync(line.Operands[0], opening, CancellationToken.None);
        GuessedRaw.Warn(console, line.Operands[0], opening, image);
        await using Image? source = line.Last(_source) is { } path
            ? await ImageFiles.OpenAsync(
                path, opening with { Format = line.Last(_sourceFormat), IsWritable = false }, CancellationToken.None)
            : null;
        foreach ((string action, string? merged) in actions)
        {
            try
            {
                await ApplyAsync(image, bitmap, action, granularity, source ?? image, merged);
            }
            catch (Exception failure) when (ImageFiles.IsImageFailure(failure))
            {
                throw new ToolException($"Operation {action} on bitmap {bitmap} failed: {failure.Message}");
            }
        }

        return ExitCode.Success;
    }

    private static async ValueTask ApplyAsync(
        Image image, string bitmap, string action, ulong? granularity, Image source, string? merged)
    {
        IImageBitmaps bitmaps = image.Bitmaps ?? throw new BitmapException(action == "add"
            ? "Can't store persistent bitmaps to #block1: Operation not supported"
            : $"Dirty bitmap '{bitmap}' not found");
        CancellationToken cancellation = CancellationToken.None;
        switch (action)
        {
            case "add":
                await bitmaps.AddAsync(bitmap, granularity, isRecording: true, cancellation);
                break;
            case "remove":
                await bitmaps.RemoveAsync(bitmap, cancellation);
                break;
            case "clear":
                await bitmaps.ClearAsync(bitmap, cancellation);
                break;
            case "merge":
                BitmapBits bits = source.Bitmaps is { } others
                    ? await others.ReadAsync(merged!, cancellation)
                    : throw new BitmapException($"Dirty bitmap '{merged}' not found");
                await bitmaps.MergeAsync(bitmap, bits, cancellation);
                break;
            default:
                await bitmaps.SetRecordingAsync(bitmap, action == "enable", cancellation);
                break;
        }
    }

    private void RequireSound(CommandArguments line, IEnumerable<string> actions)
    {
        if (!actions.Any())
        {
            throw new ToolException(
                "Need at least one of --add, --remove, --clear, --enable, --disable, or --merge");
        }

        if (line.Has(_granularity) && !actions.Contains("add"))
        {
            throw new ToolException("granularity only supported with --add");
        }

        if (line.Has(_sourceFormat) && !line.Has(_source))
        {
            throw new ToolException("-F only supported with -b");
        }

        if (line.Has(_source) && !actions.Contains("merge"))
        {
            throw new ToolException("Merge bitmap source file only supported with --merge");
        }

        if (line.Operands.Count != 2)
        {
            throw new ToolException("Expecting filename and bitmap name");
        }
    }
}
