using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen bitmap</c>: persistent dirty bitmaps, which no format has that can be written to.</summary>
internal sealed class BitmapCommand : ToolCommand
{
    public const string Summary = "Changes persistent bitmaps; no format that can be written to has them";

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
        if (line.Last(_granularity) is { } granularity)
        {
            Sizes.Parse("granularity", granularity, least: 1, most: long.MaxValue);
        }

        string[] actions = [.. _actions.Where(action => line.Has(action.Value)).Select(action => action.Key)];
        RequireSound(line, actions);
        ImageOpening opening = line.Opening with { Format = line.Last(_format), IsWritable = true };
        await using Image image = await ImageFiles.OpenAsync(line.Operands[0], opening, CancellationToken.None);
        GuessedRaw.Warn(console, line.Operands[0], opening, image);
        string bitmap = line.Operands[1];
        string reason = actions[0] == "add"
            ? "Can't store persistent bitmaps to #block1: Operation not supported"
            : $"Dirty bitmap '{bitmap}' not found";
        throw new ToolException($"Operation {actions[0]} on bitmap {bitmap} failed: {reason}");
    }

    private void RequireSound(CommandArguments line, string[] actions)
    {
        if (actions.Length == 0)
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
