using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen check</c>: looks for errors and leaks in an image's tables.</summary>
internal sealed class CheckCommand : ToolCommand
{
    public const string Summary = "Looks for errors and leaks in an image's tables";

    private readonly Option _format;
    private readonly Option _output;
    private readonly Option _quiet;
    private readonly Option _repair;
    private readonly Option _cache;
    private readonly Option _forceShare;

    public CheckCommand()
        : base("check", Summary, "filename")
    {
        _format = Syntax.Format();
        _output = Syntax.OutputForm();
        _quiet = Syntax.Quiet();
        _repair = Syntax.Value("-r", "leaks|all", "Gives leaked space back, or repairs errors too", "--repair");
        _cache = Syntax.Value("-T", "cache", "Cache mode: none, writeback, writethrough, directsync or unsafe");
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        OutputForm form = OutputForms.Parse(line.Last(_output));
        string path = line.OnlyOperand();
        RepairKind? repair = ParseRepair(line.Last(_repair));
        ImageOpening opening = line.Opening with
        {
            Format = line.Last(_format),
            IsWritable = repair is not null,
            IgnoresDirtyMark = repair is not null,
            IgnoresLocks = line.Has(_forceShare),
            Cache = CacheMode.Parse(line.Last(_cache), CacheMode.Writeback, "source cache"),
        };
        CancellationToken cancellation = console.CatchInterruption();
        await using Image image = await ImageFiles.OpenAsync(path, opening, cancellation);
        RepairReport report;
        try
        {
            report = repair is { } kind
                ? await image.RepairAsync(kind, cancellation)
                : RepairReport.OfCheck(await image.CheckAsync(cancellation));
        }
        catch (NotSupportedException)
        {
            throw new ToolException("This image format does not support checks", ExitCode.CheckNotSupported);
        }

        CheckOutput.WriteCountFindings(console, report);
        if (form == OutputForm.Json)
        {
            CheckOutput.WriteJson(console.Out, path, image.Driver, report);
        }
        else if (!line.Has(_quiet))
        {
            CheckOutput.WriteRepairs(console, report);
            CheckOutput.WriteHuman(console, image.Driver, report.Left);
        }

        return report.Left switch
        {
            { Errors: > 0 } => ExitCode.CheckFoundErrors,
            { Leaks: > 0 } => ExitCode.CheckFoundLeaks,
            _ => ExitCode.Success,
        };
    }

    private static RepairKind? ParseRepair(string? text) => text switch
    {
        null => null,
        "leaks" => RepairKind.Leaks,
        "all" => RepairKind.All,
        _ => throw ToolException.Usage($"Unknown option value for -r (expecting 'leaks' or 'all'): {text}"),
    };
}
