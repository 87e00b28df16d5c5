using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen resize</c>: gives an image's disk another size.</summary>
internal sealed class ResizeCommand : ToolCommand
{
    public const string Summary = "Gives the disk in an image another size";

    private readonly Option _format;
    private readonly Option _preallocation;
    private readonly Option _shrink;
    private readonly Option _quiet;
    private string _size = "";

    public ResizeCommand()
        : base("resize", Summary, "filename [+|-]size")
    {
        _format = Syntax.Format();
        _preallocation = Syntax.Value(
            "--preallocation", "mode", "Reserves what the disk gains: off, metadata, falloc or full");
        _shrink = Syntax.Flag("--shrink", "The disk may lose what is past its new end");
        _quiet = Syntax.Quiet();
        Syntax.AcceptObjects();
    }

    // The size is last and may begin with a minus: it is no option.
    public override ValueTask<int> RunAsync(string[] args, ToolConsole console)
    {
        if (args is [_, "-h" or "--help"])
        {
            return base.RunAsync(args, console);
        }

        if (args.Length < 3)
        {
            throw ToolException.Usage("Not enough arguments");
        }

        _size = args[^1];
        return base.RunAsync(args[..^1], console);
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        Preallocation preallocation = ParsePreallocation(line.Last(_preallocation));
        if (line.Operands is not [string path])
        {
            throw ToolException.Usage("Expecting image file name and size");
        }

        SizeChange change = SizeChange.Parse(_size);
        CancellationToken cancellation = console.CatchInterruption();
        ImageOpening opening = line.Opening with { Format = line.Last(_format), IsWritable = true };
        await using Image image = await ImageFiles.OpenAsync(path, opening, cancellation);
        GuessedRaw.Warn(console, path, opening, image);
        ulong length = change.ApplyTo(image.Length);
        if (length <= image.Length && preallocation is not Preallocation.Off)
        {
            throw new ToolException("Preallocation can only be used for growing images");
        }

        if (length < image.Length && !line.Has(_shrink))
        {
            throw new ToolException(
                $"Use the --shrink option to perform a shrink operation.{ToolException.Another}"
                + "warning: Shrinking an image will delete all data beyond the shrunken image's end. "
                + "Before performing such an operation, make sure there is no important data there.");
        }

        await image.ResizeAsync(length, preallocation, cancellation);
        if (!line.Has(_quiet))
        {
            console.Out.WriteLine("Image resized.");
        }

        return ExitCode.Success;
    }

    private static Preallocation ParsePreallocation(string? text) =>
        PreallocationMode.TryParse(text) ?? throw new ToolException($"Invalid preallocation mode '{text}'");
}
