using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen explain</c>: an image field by field, and a picture of its allocation.</summary>
internal sealed class ExplainCommand : ToolCommand
{
    public const string Summary = "Shows an image field by field, and draws what its layers hold";

    private readonly Option _format;
    private readonly Option _topOnly;
    private readonly Option _forceShare;

    public ExplainCommand()
        : base("explain", Summary, "filename")
    {
        _format = Syntax.Format();
        _topOnly = Syntax.Flag("-u", "Does not open the backing files");
        _forceShare = Syntax.ForceShare();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        ImageOpening opening = new()
        {
            Format = line.Last(_format),
            IgnoresLocks = line.Has(_forceShare),
            OpensBacking = !line.Has(_topOnly),
        };
        CancellationToken cancellation = console.CatchInterruption();
        await using Image image = await ImageFiles.OpenAsync(line.OnlyOperand(), opening, cancellation);
        await new ImageExplanation(new Screen(console), image, cancellation).WriteAsync();
        return ExitCode.Success;
    }
}
