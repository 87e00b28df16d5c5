using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Describes nodes to clients.</summary>
/// <param name="daemon">Where they are.</param>
/// <param name="isFlat">Whether what is behind an image is left out.</param>
internal sealed class NodeInfo(StorageDaemon daemon, bool isFlat)
{
    private static readonly QmpObject ImageType = new(
        "ImageInfo",
        new QmpMember("filename", Qmp.Text),
        new QmpMember("format", Qmp.Text),
        new QmpMember("virtual-size", Qmp.Integer),
        QmpMember.Optional("actual-size", Qmp.Integer),
        QmpMember.Optional("dirty-flag", Qmp.Flag),
        QmpMember.Optional("cluster-size", Qmp.Integer),
        QmpMember.Optional("backing-filename", Qmp.Text),
        QmpMember.Optional("full-backing-filename", Qmp.Text),
        QmpMember.Optional("backing-filename-format", Qmp.Text),
        QmpMember.Optional("backing-image", new QmpAlternate("ImageInfoRef", () => [ImageType!])),
        QmpMember.Optional(
            "format-specific",
            new QmpObject(
                "ImageInfoSpecific", new QmpMember("type", Qmp.Text), new QmpMember("data", Qmp.Any))));

    /// <summary>What a node's description looks like.</summary>
    public static QmpObject Type { get; } = new(
        "BlockDeviceInfo",
        new QmpMember("file", Qmp.Text),
        QmpMember.Optional("node-name", Qmp.Text),
        new QmpMember("ro", Qmp.Flag),
        new QmpMember("drv", Qmp.Text),
        QmpMember.Optional("backing_file", Qmp.Text),
        new QmpMember("backing_file_depth", Qmp.Integer),
        new QmpMember("encrypted", Qmp.Flag),
        new QmpMember("detect_zeroes", Qmp.Text),
        new QmpMember("bps", Qmp.Integer),
        new QmpMember("bps_rd", Qmp.Integer),
        new QmpMember("bps_wr", Qmp.Integer),
        new QmpMember("iops", Qmp.Integer),
        new QmpMember("iops_rd", Qmp.Integer),
        new QmpMember("iops_wr", Qmp.Integer),
        new QmpMember("image", ImageType),
        new QmpMember(
            "cache",
            new QmpObject(
                "BlockdevCacheInfo",
                new QmpMember("writeback", Qmp.Flag),
                new QmpMember("direct", Qmp.Flag),
                new QmpMember("no-flush", Qmp.Flag))),
        new QmpMember("write_threshold", Qmp.Integer));

    /// <summary>The description.</summary>
    public async ValueTask<JsonObject> DescribeAsync(Node node, CancellationToken cancellation)
    {
        QmpArguments options = new(node.Options);
        QmpArguments? cache = options.Has("cache") ? options.Object("cache") : null;
        JsonObject info = new()
        {
            ["file"] = node.FileName,
            ["node-name"] = node.Name,
            ["ro"] = node.IsReadOnly,
            ["drv"] = node.Driver,
            ["backing_file_depth"] = isFlat ? 0 : node.Image.Layers.Count() - 1,
            ["encrypted"] = node.Image.IsEncrypted,
            ["detect_zeroes"] = options.TextOrNull("detect-zeroes") ?? "off",
            ["bps"] = 0,
            ["bps_rd"] = 0,
            ["bps_wr"] = 0,
            ["iops"] = 0,
            ["iops_rd"] = 0,
            ["iops_wr"] = 0,
            ["image"] = await DescribeImageAsync(node, cancellation).ConfigureAwait(false),
            ["cache"] = new JsonObject
            {
                ["writeback"] = true,
                ["direct"] = cache?.Flag("direct", false) ?? false,
                ["no-flush"] = cache?.Flag("no-flush", false) ?? false,
            },
            ["write_threshold"] = 0,
        };
        if (node.Image.Backing is { } backing)
        {
            info["backing_file"] = backing.Storage.Name;
        }

        return info;
    }

    private async ValueTask<JsonObject> DescribeImageAsync(Node node, CancellationToken cancellation)
    {
        Image image = node.Image;
        JsonObject info = new()
        {
            ["filename"] = node.FileName,
            ["format"] = node.Driver,
            ["virtual-size"] = node.Storage?.Length ?? image.Length,
            ["actual-size"] = await DiskUsage.MeasureAsync(image.Storage, cancellation).ConfigureAwait(false),
        };
        if (node.Storage is not null || !image.Driver.HidesClusters)
        {
            info["dirty-flag"] = image.IsDirty;
        }

        if (!image.Driver.HidesClusters && image.ClusterBytes > 0)
        {
            info["cluster-size"] = image.ClusterBytes;
        }

        if (image.BackingLink is { } link)
        {
            info["backing-filename"] = link.Name;
            info["full-backing-filename"] = daemon.Storages.Resolve(image.Storage.Name, link.Name);
            if (link.Format is { } format)
            {
                info["backing-filename-format"] = format;
            }
        }

        if (image.Details.Count > 0)
        {
            info["format-specific"] = new JsonObject { ["type"] = node.Driver, ["data"] = Describe(image.Details) };
        }

        if (!isFlat && daemon.Graph.Of(image.Backing) is { } backing)
        {
            info["backing-image"] = await DescribeImageAsync(backing, cancellation).ConfigureAwait(false);
        }

        return info;
    }

    private static JsonObject Describe(IReadOnlyList<FormatDetail> details)
    {
        JsonObject data = [];
        foreach (FormatDetail detail in details)
        {
            data[detail.Name] = detail switch
            {
                { Items: { } items } => new JsonArray([.. items.Select(Describe)]),
                { IsText: true } => JsonValue.Create(detail.Value),
                _ => JsonNode.Parse(detail.Value),
            };
        }

        return data;
    }
}
