using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen create</c>: makes an image.</summary>
internal sealed class CreateCommand : ToolCommand
{
    public const string Summary = "Makes an image, empty or on top of a backing file";

    private readonly Option _format;
    private readonly Option _options;
    private readonly Option _backing;
    private readonly Option _backingFormat;
    private readonly Option _unsafe;
    private readonly Option _quiet;

    public CreateCommand()
        : base("create", Summary, "filename [size]")
    {
        _format = Syntax.Value("-f", "fmt", "Format of the image; raw when not given");
        _options = Syntax.Value("-o", "name=value,...", "Options of the format; 'help' lists them");
        _backing = Syntax.Value("-b", "backing_file", "Makes an overlay on this image");
        _backingFormat = Syntax.Value("-F", "backing_fmt", "Format of the backing file");
        _unsafe = Syntax.Flag("-u", "Does not open the backing file");
        _quiet = Syntax.Quiet();
        Syntax.AcceptObjects(withImageOptions: false);
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        string formatName = line.Last(_format) ?? "raw";
        IReadOnlyList<string> optionTexts = line.All(_options);
        if (OptionText.AsksForHelp(optionTexts))
        {
            OptionHelp.Write(console.Out, FormatOf(formatName, prefix: ""), line.Operands.Count > 0);
            return ExitCode.Success;
        }

        if (line.Operands.Count == 0)
        {
            throw ToolException.Usage("Expecting image file name");
        }

        if (line.Operands.Count > 2)
        {
            throw ToolException.Usage($"Unexpected argument: {line.Operands[2]}");
        }

        string path = line.Operands[0];
        ulong? length = line.Operands is [_, string sizeText] ? Sizes.Parse("image size", sizeText) : null;
        ImageFormat format = FormatOf(formatName, $"{path}: ");
        try
        {
            ImageCreation creation = await PrepareAsync(line, path, length, format, optionTexts);
            if (!line.Has(_quiet))
            {
                console.Out.WriteLine(creation.Describe());
            }

            await creation.RunAsync(CacheMode.Writeback, CancellationToken.None);
        }
        catch (Exception failure) when (ImageFiles.IsImageFailure(failure))
        {
            throw new ToolException($"{path}: {failure.Message}");
        }

        return ExitCode.Success;
    }

    private static ImageFormat FormatOf(string name, string prefix) =>
        ImageFiles.Formats.Formats.FirstOrDefault(format => format.Name == name)
        ?? throw new ToolException($"{prefix}Unknown file format '{name}'");

    private async ValueTask<ImageCreation> PrepareAsync(
        CommandArguments line, string path, ulong? length, ImageFormat format, IReadOnlyList<string> optionTexts)
    {
        if (BackingNames.ProtocolOf(path) is { } protocol)
        {
            throw new ImageException($"Unknown protocol '{protocol}'");
        }

        Dictionary<string, string> values = OptionText.Parse(optionTexts);
        ImageCreation.RejectBadValues(format, values);
        if (length is not null && values.ContainsKey(OptionHelp.Size))
        {
            throw new ImageException("The image size must be specified only once");
        }

        if (values.TryGetValue(OptionHelp.Size, out string? sizeText) && SizeText.TryParse(sizeText, out ulong size))
        {
            length = size;
        }

        if (format.CreateAsync is null)
        {
            throw new ImageException($"Format driver '{format.Name}' does not support image creation");
        }

        string? backingFile = line.Last(_backing) ?? values.GetValueOrDefault(OptionHelp.BackingFile);
        string? backingFormat = line.Last(_backingFormat) ?? values.GetValueOrDefault(OptionHelp.BackingFormat);
        if (backingFormat is not null)
        {
            values[OptionHelp.BackingFormat] = backingFormat;
        }

        ImageCreation creation = new(path, format, values) { Length = length, Objects = line.Opening.Objects };
        if (backingFile is "")
        {
            throw new ImageException("Expected backing file name, got empty string");
        }

        if (backingFile is not null)
        {
            BackingLink link = new(backingFile, backingFormat);
            await BackingOfNewImage.AttachAsync(creation, format, link, line.Has(_unsafe));
        }
        else if (backingFormat is not null && !format.HasBacking)
        {
            throw new ImageException($"Backing file format not supported for file format '{format.Name}'");
        }

        return creation.Length is not null
            ? creation
            : throw new ImageException("Image creation needs a size parameter");
    }
}
