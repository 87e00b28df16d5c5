using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen amend</c>: options of an image that exists, which no format has.</summary>
internal sealed class AmendCommand : ToolCommand
{
    public const string Summary = "Changes the options of an image that exists; no format can yet";

    private readonly Option _format;
    private readonly Option _options;
    private readonly Option _cache;

    public AmendCommand()
        : base("amend", Summary, "filename")
    {
        _format = Syntax.Format();
        _options = Syntax.Value("-o", "name=value,...", "Options of the format; 'help' lists them");
        _cache = Syntax.Value("-t", "cache", "Cache mode: none, writeback, writethrough, directsync or unsafe");
        Syntax.ShowProgress();
        Syntax.Quiet();
        Syntax.Flag("--force", "Also makes changes that cannot be undone");
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        IReadOnlyList<string> texts = line.All(_options);
        if (texts.Count == 0)
        {
            throw ToolException.Usage("Must specify options (-o)");
        }

        string? format = line.Last(_format);
        bool asksForHelp = OptionText.AsksForHelp(texts);
        if (asksForHelp && format is not null)
        {
            throw Unsupported(ImageFiles.Formats.Formats.FirstOrDefault(known => known.Name == format)?.Name
                ?? throw new ToolException($"Unknown file format '{format}'"));
        }

        if (texts.FirstOrDefault(OptionText.IsNoList) is { } invalid)
        {
            throw new ToolException($"Invalid option list: {invalid}");
        }

        if (line.Operands is not [string path])
        {
            throw new ToolException("Expecting one image file name");
        }

        ImageOpening opening = line.Opening with
        {
            Format = format,
            IsWritable = true,
            Cache = CacheMode.Parse(line.Last(_cache), CacheMode.Writeback, "cache"),
        };
        await using Image image = await ImageFiles.OpenAsync(path, opening, CancellationToken.None);
        GuessedRaw.Warn(console, path, opening, image);
        throw Unsupported(image.Driver.Name);
    }

    private static ToolException Unsupported(string format) =>
        new($"Format driver '{format}' does not support option amendment");
}
