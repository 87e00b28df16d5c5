using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen dd</c>: copies a run of a disk into a new image.</summary>
internal sealed class DdCommand : ToolCommand
{
    public const string Summary = "Copies a run of a disk into a new image";

    private readonly Option _format;
    private readonly Option _targetFormat;
    private readonly Option _forceShare;

    public DdCommand()
        : base("dd", Summary, "if=input of=output [bs=size] [count=blocks] [skip=blocks]")
    {
        _format = Syntax.Format();
        _targetFormat = Syntax.Value("-O", "fmt", "Format of the output; raw when not given");
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        DdPlan plan = DdPlan.Read(line.Operands);
        ImageOpening opening = line.Opening with
        {
            Format = line.Last(_format),
            IgnoresLocks = line.Has(_forceShare),
        };
        CancellationToken cancellation = console.CatchInterruption();
        await using Image source = await ImageFiles.OpenAsync(plan.Input, opening, cancellation);
        string formatName = line.Last(_targetFormat) ?? "raw";
        ImageFormat format = ImageFiles.Formats.Formats.FirstOrDefault(known => known.Name == formatName)
            ?? throw new ToolException("Unknown file format");
        ImageCreation.RequireSupport(format);
        GuestRange range = plan.RangeOf(ImagePart.Whole(source).Range.Length, out bool skipsTooMuch);
        await CreateAsync(plan.Output, format, range.Length, cancellation);
        if (skipsTooMuch)
        {
            console.Complain($"{plan.Input}: cannot skip to specified offset");
        }

        ImageOpening writing = new() { Format = format.Name, IsWritable = true };
        await using Image target = await ImageFiles.OpenAsync(plan.Output, writing, cancellation);
        ConvertOptions options = new() { TargetIsZero = target.IsZeroWhenNew };
        await ImageConverter.ConvertAsync([new ImagePart(source, range)], target, options, cancellation);
        await target.FlushAsync(cancellation);
        return ExitCode.Success;
    }

    private static async ValueTask CreateAsync(
        string path, ImageFormat format, ulong length, CancellationToken cancellation)
    {
        ImageCreation creation = new(path, format, []) { Length = length };
        try
        {
            await creation.RunAsync(CacheMode.Writeback, cancellation);
        }
        catch (Exception failure) when (ImageFiles.IsImageFailure(failure))
        {
            throw new ToolException($"{path}: error while creating output image: {failure.Message}");
        }
    }
}
