using System.CommandLine;
using BlockGen.Nbd;

namespace BlockGen.Cli;

/// <summary><c>blockgen info</c>: what an image, or each layer of its chain, is.</summary>
internal sealed class InfoCommand : ToolCommand
{
    public const string Summary = "Describes an image, or its whole backing chain";

    private readonly Option _format;
    private readonly Option _output;
    private readonly Option _backingChain;
    private readonly Option _forceShare;

    public InfoCommand()
        : base("info", Summary, "filename")
    {
        _format = Syntax.Format();
        _output = Syntax.OutputForm();
        _backingChain = Syntax.Flag("--backing-chain", "Describes every layer");
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        string path = line.OnlyOperand();
        OutputForm form = OutputForms.Parse(line.Last(_output));
        ImageOpening opening = line.Opening with
        {
            Format = line.Last(_format),
            IgnoresLocks = line.Has(_forceShare),
            OpensBacking = false,
        };
        List<ImageInfo> layers = await CollectAsync(path, opening, line.Has(_backingChain));
        if (form == OutputForm.Human)
        {
            InfoOutput.WriteHuman(console.Out, layers);
        }
        else
        {
            InfoOutput.WriteJson(console.Out, layers, line.Has(_backingChain));
        }

        return ExitCode.Success;
    }

    // Each layer is opened by itself, so that the upper ones are described also when a lower one is missing or broken.
    private static async ValueTask<List<ImageInfo>> CollectAsync(string path, ImageOpening opening, bool wholeChain)
    {
        List<ImageInfo> layers = [];
        HashSet<string> seen = [];
        string? next = path;
        while (next is not null)
        {
            if (!seen.Add(next))
            {
                throw new ToolException($"Backing file '{next}' creates an infinite loop.");
            }

            ImageInfo info = await DescribeAsync(next, opening);
            layers.Add(info);
            opening = opening with { Format = info.Backing?.Format, IsOptionList = false };
            next = wholeChain ? info.BackingPath : null;
        }

        return layers;
    }

    private static async ValueTask<ImageInfo> DescribeAsync(string path, ImageOpening opening)
    {
        await using Image image = await ImageFiles.OpenAsync(
            path, opening with { IsForMetadata = true }, CancellationToken.None);
        return new ImageInfo(
            image.Storage.Name,
            image.Driver.Name,
            image.Length,
            image.Storage is NbdStorage ? null : await DiskUsage.MeasureAsync(image.Storage, CancellationToken.None),
            image.Driver.HidesClusters || (image.Storage is NbdStorage && image.ClusterBytes == 0)
                ? null : new ClusterFacts(image.ClusterBytes, image.IsDirty),
            image.BackingLink,
            await SnapshotOutput.ReadAsync(image, CancellationToken.None),
            image.Details,
            image.IsEncrypted);
    }
}
