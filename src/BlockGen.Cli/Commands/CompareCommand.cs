using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen compare</c>: whether guests can tell two images apart.</summary>
internal sealed class CompareCommand : ToolCommand
{
    public const string Summary = "Compares what guests read from two images";

    private readonly Option _format;
    private readonly Option _secondFormat;
    private readonly Option _cache;
    private readonly Option _progress;
    private readonly Option _quiet;
    private readonly Option _strict;
    private readonly Option _forceShare;

    public CompareCommand()
        : base("compare", Summary, "filename")
    {
        _format = Syntax.Format();
        _secondFormat = Syntax.Value("-F", "fmt", "Format of the second image");
        _cache = Syntax.Value("-T", "cache", "Cache mode: none, writeback, writethrough, directsync or unsafe");
        _progress = Syntax.ShowProgress();
        _quiet = Syntax.Quiet();
        _strict = Syntax.Flag("-s", "Size and allocation must be the same too", "--strict");
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        if (line.Operands is not [string firstPath, string secondPath])
        {
            throw ToolException.Usage("Expecting two image file names");
        }

        CancellationToken cancellation = console.CatchInterruption();
        ImageOpening opening = line.Opening with
        {
            Format = line.Last(_format),
            IgnoresLocks = line.Has(_forceShare),
            Cache = CacheMode.Parse(
                line.Last(_cache), CacheMode.Writeback, "source cache", ExitCode.CompareFailed),
        };
        await using Image first =
            await ImageFiles.OpenAsync(firstPath, opening, cancellation, ExitCode.CompareFailed);
        opening = opening with { Format = line.Last(_secondFormat) };
        await using Image second =
            await ImageFiles.OpenAsync(secondPath, opening, cancellation, ExitCode.CompareFailed);
        bool isQuiet = line.Has(_quiet);
        bool isStrict = line.Has(_strict);
        ProgressText progress = new(console, line.Has(_progress) && !isQuiet);
        CompareResult result = await CompareAsync(first, second, isStrict, progress, cancellation);
        if (!isQuiet)
        {
            // The sizes come to matter where the shorter image ends.
            if (result.SizesDiffer && !isStrict && !(result.Offset?.Value < Math.Min(first.Length, second.Length)))
            {
                console.Out.WriteLine("Warning: Image size mismatch!");
            }

            console.Out.WriteLine(Describe(result));
        }

        progress.End();
        return result.IsEqual ? ExitCode.Success : ExitCode.ImagesDiffer;
    }

    private static async ValueTask<CompareResult> CompareAsync(
        Image first, Image second, bool isStrict, ProgressText progress, CancellationToken cancellation)
    {
        progress.Show(0);
        try
        {
            CompareOptions options = new() { IsStrict = isStrict, Progress = progress.Show };
            return await ImageComparer.CompareAsync(first, second, options, cancellation);
        }
        catch (Exception failure) when (ImageFiles.IsImageFailure(failure))
        {
            throw new ToolException(failure.Message, ExitCode.CompareFailed);
        }
    }

    private static string Describe(CompareResult result) => result.Difference switch
    {
        ImageDifference.Content => $"Content mismatch at offset {result.Offset?.Value}!",
        ImageDifference.Size => "Strict mode: Image size mismatch!",
        ImageDifference.Allocation => $"Strict mode: Offset {result.Offset?.Value} block status mismatch!",
        _ => "Images are identical.",
    };
}
