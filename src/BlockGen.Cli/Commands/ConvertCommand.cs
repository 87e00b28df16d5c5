using System.CommandLine;
using System.Globalization;

namespace BlockGen.Cli;

/// <summary><c>blockgen convert</c>: copies a disk into another image, of any format.</summary>
internal sealed class ConvertCommand : ToolCommand
{
    public const string Summary = "Copies disks with all their layers into another image, of any format";

    private readonly ConvertSyntax _syntax;

    public ConvertCommand()
        : base("convert", Summary, "filename... output_filename")
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
        await using ImageGroup sources = new();
        foreach (string path in plan.SourcePaths)
        {
            sources.Add(await ImageFiles.OpenAsync(path, plan.SourceOpening, cancellation));
        }

        IReadOnlyList<ImageBitmap>? bitmaps = line.Has(_syntax.Bitmaps)
            ? BitmapCopy.Choose(sources, line.Has(_syntax.SkipBrokenBitmaps), console)
            : null;
        if (!plan.TargetExists)
        {
            RequireCompression(plan, targetFormat);
        }

        bool isQuiet = line.Has(_syntax.Quiet);
        ProgressText progress = new(console, line.Has(_syntax.Progress) && !isQuiet);
        ConvertOptions options = plan.Options with
        {
            Progress = progress.Show,
            SharedBacking = FindSharedBacking(plan, sources),
            Salvaged = line.Has(_syntax.Salvage) ? (at, failure) => TellOfLoss(console, isQuiet, at, failure) : null,
        };
        progress.Show(0);
        if (!plan.TargetExists)
        {
            await CreateTargetAsync(plan, targetFormat, sources, cancellation);
        }

        ImageOpening opening = new()
        {
            Format = plan.TargetIsOptionList ? line.Last(_syntax.TargetFormat) : targetFormat.Name,
            IsOptionList = plan.TargetIsOptionList,
            IsWritable = true,
            Cache = plan.TargetCache,
            Objects = plan.SourceOpening.Objects,
            DriverOptions = plan.TargetKeys,
        };
        await using (Image target = await ImageFiles.OpenAsync(plan.TargetPath, opening, cancellation))
        {
            await FillAsync(target);
        }

        if (bitmaps is not null)
        {
            await using Image target = await ImageFiles.OpenAsync(
                plan.TargetPath, opening with { IsForMetadata = true }, cancellation);
            await BitmapCopy.CopyAsync(sources.Images[0], bitmaps, target, cancellation);
        }

        progress.Show(100);
        progress.End();
        return ExitCode.Success;

        async ValueTask FillAsync(Image target)
        {
            if (bitmaps is not null && target.Bitmaps is null)
            {
                throw new ToolException($"Format driver '{target.Driver.Name}' does not support bitmaps");
            }

            RequireCompression(plan, target.Driver);
            bool isNew = !plan.TargetExists && target.BackingLink is null && target.IsZeroWhenNew;
            options = options with { TargetIsZero = options.TargetIsZero || isNew };
            await ImageConverter.ConvertAsync(sources.Parts, target, options, cancellation);
            await target.FlushAsync(cancellation);
        }
    }

    private static void RequireCompression(ConvertPlan plan, ImageFormat format)
    {
        if (plan.Options.Compresses && !format.CanCompress)
        {
            throw new ToolException("Compression not supported for this file format");
        }
    }

    /// <summary>What the source has from the same file is behind the target already.</summary>
    private static Image? FindSharedBacking(ConvertPlan plan, ImageGroup sources) =>
        plan.Backing is { } backing && plan.Options.SparseBytes > 0
            ? ChainLayers.Find(sources.Images[0], BackingNames.Resolve(plan.TargetPath, backing.Name))
            : null;

    private static void TellOfLoss(ToolConsole console, bool isQuiet, GuestOffset at, Exception failure)
    {
        if (!isQuiet)
        {
            lock (console)
            {
                console.Complain($"warning: error while reading offset {at.Value}: {failure.Message}");
            }
        }
    }

    private static ImageFormat TargetFormat(string name) =>
        ImageFiles.Formats.Formats.FirstOrDefault(format => format.Name == name)
        ?? throw new ToolException($"Unknown file format '{name}'");

    private static async ValueTask CreateTargetAsync(
        ConvertPlan plan, ImageFormat format, ImageGroup sources, CancellationToken cancellation)
    {
        ImageCreation.RequireSupport(format);
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
            OptionHelp.Size, sources.Length.ToString(CultureInfo.InvariantCulture));
        ImageCreation creation = new(plan.TargetPath, format, plan.TargetValues)
        {
            Length = Sizes.Parse("image size", sizeText),
            Objects = plan.SourceOpening.Objects,
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
