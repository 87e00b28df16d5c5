using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen map</c>: which layer stores which part of the disk, and where.</summary>
internal sealed class MapCommand : ToolCommand
{
    public const string Summary = "Lists which layer of the chain stores which part of the disk, and where";

    private readonly Option _format;
    private readonly Option _output;
    private readonly Option _start;
    private readonly Option _length;
    private readonly Option _forceShare;

    public MapCommand()
        : base("map", Summary, "filename")
    {
        _format = Syntax.Format();
        _output = Syntax.OutputForm();
        _start = Syntax.Value("--start-offset", "offset", "First byte of the disk to look at", "-s");
        _length = Syntax.Value("--max-length", "len", "Bytes of the disk to look at", "-l");
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        OutputForm form = OutputForms.Parse(line.Last(_output));
        ulong start = line.Last(_start) is { } startText ? Sizes.Parse("start offset", startText) : 0;
        ulong most = line.Last(_length) is { } lengthText ? Sizes.Parse("max length", lengthText) : ulong.MaxValue;
        ImageOpening opening = line.Opening with { Format = line.Last(_format), IgnoresLocks = line.Has(_forceShare) };
        CancellationToken cancellation = console.CatchInterruption();
        await using Image image = await ImageFiles.OpenAsync(line.OnlyOperand(), opening, cancellation);
        ulong end = start < image.Length ? start + Math.Min(most, image.Length - start) : start;
        MapOutput output = form == OutputForm.Human ? new HumanMapOutput(console.Out) : new JsonMapOutput(console.Out);
        MapEntry? last = null;
        while (start < end)
        {
            MapEntry entry = await MapEntry.ReadAsync(image, new GuestRange(start, end - start), cancellation);
            start += entry.Length;
            if (last?.TryAppend(entry) is { } longer)
            {
                last = longer;
                continue;
            }

            if (last is not null)
            {
                output.Write(last);
            }

            last = entry;
        }

        output.Write(last ?? MapEntry.Nothing(image, start));
        output.End();
        return ExitCode.Success;
    }
}
