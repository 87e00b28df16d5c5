using System.CommandLine;
using System.Globalization;

namespace BlockGen.Cli;

/// <summary><c>blockgen convert</c>: copies a disk into another image, of any format.</summary>
internal sealed class ConvertCommand : ToolCommand
{
    public const string Summary = "Copies a disk with all its layers into another image, of any format";

    private readonly ConvertSyntax _syntax;

    public ConvertCommand()
        : base("convert", Summary, "filename output_filename")
    {
        _syntax = new ConvertSyntax(Syntax);
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        ImageFormat targetFormat = TargetFormat(line.Last(_syntax.TargetFormat) ?? "raw");
        if (OptionText.AsksForHelp(line.All(_syntax.Options)))
        {
            OptionHelp.Write(console.Out, targetFormat, line.Operands.Count > 0);
            return ExitCode.Success;
        }

        ConvertPlan plan = ConvertPlan.Read(line, _syntax);
        CancellationToken cancellation = console.CatchInterruption();
        await using Image source = await ImageFiles.OpenAsync(plan.SourcePath, plan.SourceOpening, cancellation);
        if (line.Has(_syntax.Compress))
        {
            throw new ToolException("Compression not supported for this file format");
        }

        ProgressText progress = new(console, line.Has(_syntax.Progress) && !line.Has(_syntax.Quiet));
        progress.Show(0);
        if (!plan.TargetExists)
        {
            await CreateTargetAsync(plan, targetFormat, source, cancellation);
        }

        ImageOpening targetOpening = new() { Format = targetFormat.Name, IsWritable = true, Cache = plan.TargetCache };
        await using Image target = await ImageFiles.OpenAsync(plan.TargetPath, targetOpening, cancellation);
        ConvertOptions options = plan.Options with
        {
            TargetIsZero = plan.Options.TargetIsZero || (!plan.TargetExists && target.BackingLink is null),
            Progress = progress.Show,
        };
        await ImageConverter.ConvertAsync(source, target, options, cancellation);
        await target.FlushAsync(cancellation);
        progress.Show(100);
        progress.End();
        return ExitCode.Success;
    }

    private static ImageFormat TargetFormat(string name) =>
        ImageFiles.Formats.Formats.FirstOrDefault(format => format.Name == name)
        ?? throw new ToolException($"Unknown file format '{name}'");

    private static async ValueTask CreateTargetAsync(
        ConvertPlan plan, ImageFormat format, Image source, CancellationToken cancellation)
    {
        try
        {
            ImageCreation.RejectBadValues(format, plan.TargetValues);
        }
        catch (OptionException failure)
        {
            throw new ToolException(failure.Message);
        }

        if (plan.Backing is not null && !format.HasBacking)
        {
            throw new ToolException($"Backing file not supported for file format '{format.Name}'");
        }

        string sizeText = plan.TargetValues.GetValueOrDefault(
            OptionHelp.Size, source.Length.ToString(CultureInfo.InvariantCulture));
        ImageCreation creation = new(plan.TargetPath, format, plan.TargetValues)
        {
            Length = Sizes.Parse("image size", sizeText),
        };
        try
        {
            if (plan.Backing is { } backing)
            {
                await BackingOfNewImage.AttachAsync(creation, format, backing, trustsName: false);
            }

            await creation.RunAsync(plan.TargetCache, cancellation);
        }
        catch (Exception failure) when (ImageFiles.IsImageFailure(failure))
        {
            throw new ToolException($"{plan.TargetPath}: error while converting {format.Name}: {failure.Message}");
        }
    }
}
