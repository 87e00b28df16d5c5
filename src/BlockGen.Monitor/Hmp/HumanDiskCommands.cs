using System.Globalization;
using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Lines that change disks, or copy them into new images.</summary>
internal sealed class HumanDiskCommands(StorageDaemon daemon)
{
    private const string AllDevices = "all";

    private static readonly HumanParameter Device = new("device", HumanWord.Device);
    private static readonly HumanParameter Target = new("target", HumanWord.Text);
    private static readonly HumanParameter Format = new("format", HumanWord.Text, IsOptional: true);

    public IEnumerable<HumanCommand> Commands =>
    [
        new(
            "block_resize",
            "device size",
            "resize a block image",
            [Device, new HumanParameter("size", HumanWord.Size)],
            (words, _, cancellation) => daemon.ExecuteInTurnAsync(
                "block_resize",
                new() { ["device"] = words["device"], ["size"] = words.Bytes("size") },
                cancellation)),
        new(
            "commit",
            "device|all",
            "commit changes of a block device that nobody uses, or of all, to its backing file",
            [Device],
            CommitAsync),
        new(
            "drive_mirror",
            "[-n] [-f] device target [format]",
            "copy a block device to a new image, with what is written meanwhile "
            + "(-n: the image is there; -f: all of the disk, not its topmost layer only)",
            [HumanParameter.Switch("n"), HumanParameter.Switch("f"), Device, Target, Format],
            (words, _, cancellation) => CopyAsync("blockdev-mirror", words, cancellation)),
        new(
            "drive_backup",
            "[-n] [-f] device target [format]",
            "copy a block device to a new image, as it is now "
            + "(-n: the image is there; -f: all of the disk, not its topmost layer only)",
            [HumanParameter.Switch("n"), HumanParameter.Switch("f"), Device, Target, Format],
            (words, _, cancellation) => CopyAsync("blockdev-backup", words, cancellation)),
    ];

    private async ValueTask CommitAsync(HumanArguments words, TextWriter output, CancellationToken cancellation)
    {
        string device = words["device"];
        Node[] nodes = device == AllDevices
            ? [.. daemon.Graph.Disks.Where(node => node.Image.Backing is not null)]
            : [daemon.Graph.Find(device) ?? throw new QmpException($"Device '{device}' not found")];
        foreach (Node node in nodes)
        {
            await CommitAsync(node, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask CommitAsync(Node node, CancellationToken cancellation)
    {
        Node backing = daemon.Graph.Of(node.Image.Backing)
            ?? throw new QmpException($"'commit' error for '{node.Name}': it has no backing file");
        NodeGraph.RequireIdle(node);
        NodeGraph.RequireIdle(backing);
        if (node.ExportCount > 0)
        {
            throw new QmpException(
                $"'commit' error for '{node.Name}': clients use it; block-commit commits beside them");
        }

        bool wasReadOnly = backing.IsReadOnly;
        if (wasReadOnly)
        {
            await daemon.Graph.ReopenAsync(backing, isReadOnly: false, cancellation).ConfigureAwait(false);
        }

        try
        {
            CopyJob copy = node.Image.StartCommit(new CommitOptions { Base = backing.Image });
            using CancellationTokenRegistration leaving = cancellation.Register(copy.Cancel);
            await copy.Completion.ConfigureAwait(false);
        }
        finally
        {
            if (wasReadOnly)
            {
                await daemon.Graph.ReopenAsync(backing, isReadOnly: true, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Makes the target, unless it is there, opens it and copies; the target goes with the job, or with its guests.
    /// </summary>
    private async ValueTask CopyAsync(string command, HumanArguments words, CancellationToken cancellation)
    {
        Node source = daemon.Graph.Require(words["device"]);
        string path = words["target"];
        string format = words.TextOrNull("format") ?? source.Image.Driver.Name;
        bool isWhole = words.Has("f") || source.Image.Backing is null;
        if (!words.Has("n"))
        {
            await MakeAsync(path, format, source, isWhole, cancellation).ConfigureAwait(false);
        }

        JsonObject options = new()
        {
            ["driver"] = format,
            ["file"] = new JsonObject { ["driver"] = "file", ["filename"] = path },
        };
        Node target = await daemon.Graph.AddForJobAsync(NodeValues.Freeze(options), cancellation).ConfigureAwait(false);
        try
        {
            await daemon.ExecuteInTurnAsync(
                command,
                new JsonObject
                {
                    ["job-id"] = source.Name,
                    ["device"] = source.Name,
                    ["target"] = target.Name,
                    ["sync"] = isWhole ? "full" : "top",
                },
                cancellation).ConfigureAwait(false);
        }
        catch
        {
            await daemon.Graph.SweepAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask MakeAsync(
        string path, string formatName, Node source, bool isWhole, CancellationToken cancellation)
    {
        ImageFormat format = daemon.Graph.Formats.Find(formatName);
        if (format.CreateAsync is null)
        {
            throw new QmpException($"Format driver '{formatName}' does not support image creation");
        }

        if (!isWhole && !format.HasBacking)
        {
            throw new QmpException($"Backing file not supported for file format '{formatName}'");
        }

        Image? backing = isWhole ? null : source.Image.Backing;
        Dictionary<string, string> values = new()
        {
            ["size"] = source.Image.Length.ToString(CultureInfo.InvariantCulture),
        };
        IStorage file = daemon.Storages.CreateFile(path);
        await using (file.ConfigureAwait(false))
        {
            await format.CreateAsync(
                file,
                new OptionValues(values, daemon.Storages.FindSecret),
                backing is null ? null : new BackingLink(Path.GetFullPath(backing.Storage.Name), backing.Driver.Name),
                cancellation).ConfigureAwait(false);
            await file.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }
}
