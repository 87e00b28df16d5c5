using System.CommandLine;
using System.Globalization;

namespace BlockGen.Cli;

/// <summary><c>blockgen measure</c>: how large the file of a new image would be.</summary>
internal sealed class MeasureCommand : ToolCommand
{
    public const string Summary = "Tells how large the file of a new image would be";

    private readonly Option _format;
    private readonly Option _targetFormat;
    private readonly Option _options;
    private readonly Option _output;
    private readonly Option _size;
    private readonly Option _forceShare;

    public MeasureCommand()
        : base("measure", Summary, "[filename]")
    {
        _format = Syntax.Format();
        _targetFormat = Syntax.Value("-O", "fmt", "Format of the new image; raw when not given");
        _options = Syntax.Value("-o", "name=value,...", "Options of the new image's format");
        _output = Syntax.OutputForm();
        _size = Syntax.Value("--size", "size", "Bytes of the disk, instead of an image to be converted");
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
        Syntax.Refuse("-l");
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        OutputForm form = OutputForms.Parse(line.Last(_output));
        ulong? size = line.Last(_size) is { } text ? Sizes.Parse("image size", text) : null;
        string? path = OptionalPath(line, size);
        ulong length = path is null
            ? size.GetValueOrDefault()
            : await LengthOfAsync(path, line, console.CatchInterruption());
        ulong bytes = Measure(line, length);
        if (form == OutputForm.Human)
        {
            console.Out.WriteLine($"required size: {bytes}");
            console.Out.WriteLine($"fully allocated size: {bytes}");
        }
        else
        {
            JsonText.Write(console.Out, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("required", bytes);
                json.WriteNumber("fully-allocated", bytes);
                json.WriteEndObject();
            });
        }

        return ExitCode.Success;
    }

    private string? OptionalPath(CommandArguments line, ulong? size) => (line.Operands, size) switch
    {
        ([_, _, ..], _) => throw new ToolException("At most one filename argument is allowed."),
        ([], _) when line.Has(_format) =>
            throw new ToolException("--image-opts, -f, and -l require a filename argument."),
        ([], null) => throw new ToolException("Either --size N or one filename must be specified."),
        ([_], not null) => throw new ToolException("--size N cannot be used together with a filename."),
        _ => line.Operands.FirstOrDefault(),
    };

    private async ValueTask<ulong> LengthOfAsync(
        string path, CommandArguments line, CancellationToken cancellation)
    {
        ImageOpening opening = line.Opening with { Format = line.Last(_format), IgnoresLocks = line.Has(_forceShare) };
        await using Image image = await ImageFiles.OpenAsync(path, opening, cancellation);
        return image.Length;
    }

    private ulong Measure(CommandArguments line, ulong length)
    {
        string name = line.Last(_targetFormat) ?? "raw";
        ImageFormat format = ImageFiles.Formats.Formats.FirstOrDefault(known => known.Name == name)
            ?? throw new ToolException($"Unknown file format '{name}'");
        Dictionary<string, string> values = OptionText.Parse(line.All(_options));
        try
        {
            ImageCreation.RejectBadValues(format, values);
        }
        catch (OptionException failure)
        {
            throw new ToolException(
                $"{failure.Message}{ToolException.Another}Invalid options for file format '{name}'");
        }

        values[OptionHelp.Size] = length.ToString(CultureInfo.InvariantCulture);
        return format.FileBytes is { } measure
            ? measure(values)
            : throw new ToolException($"Block driver '{name}' does not support size measurement");
    }
}
