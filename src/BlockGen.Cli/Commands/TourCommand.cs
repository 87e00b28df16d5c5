using System.CommandLine;
using System.Globalization;

namespace BlockGen.Cli;

/// <summary><c>blockgen tour</c>: streaming shown on images made for it, and verified.</summary>
internal sealed class TourCommand : ToolCommand
{
    public const string Summary = "Shows streaming at work: a slow base, guests that scribble, every block verified";

    private readonly Option _seed;
    private readonly Option _folder;

    public TourCommand()
        : base("tour", Summary, operands: "")
    {
        _seed = Syntax.Value("--seed", "number", "What everything random follows from; 1 when not given");
        _folder = Syntax.Value("--keep", "folder", "Works in this folder and leaves the image there");
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        if (line.Operands.Count > 0)
        {
            throw ToolException.Usage($"Unexpected argument: {line.Operands[0]}");
        }

        if (!int.TryParse(line.Last(_seed) ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out int seed))
        {
            throw new ToolException($"--seed is '{line.Last(_seed)}'; expected a whole number of 31 bits");
        }

        string? kept = line.Last(_folder);
        string folder = kept is null
            ? Directory.CreateTempSubdirectory("blockgen-tour-").FullName
            : Directory.CreateDirectory(kept).FullName;
        try
        {
            TourPlan plan = new() { Folder = folder, Seed = seed };
            bool isRight = await new Tour(plan, new Screen(console), console.CatchInterruption()).RunAsync();
            return isRight ? ExitCode.Success : ExitCode.Failure;
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
