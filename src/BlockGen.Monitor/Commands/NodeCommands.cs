using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Commands that open, close and describe nodes.</summary>
internal sealed class NodeCommands(StorageDaemon daemon, NodeTypes types)
{
    private static readonly QmpObject NodeName = new("BlockdevDel", new QmpMember("node-name", Qmp.Text));

    private static readonly QmpObject NamedNodes = new(
        "QueryNamedBlockNodes", QmpMember.Optional("flat", Qmp.Flag));

    private static readonly QmpObject Resize = new(
        "BlockResize",
        QmpMember.Optional("device", Qmp.Text),
        QmpMember.Optional("node-name", Qmp.Text),
        new QmpMember("size", Qmp.Integer));

    public IEnumerable<QmpCommand> Commands =>
    [
        new("blockdev-add", types.Options, QmpObject.Empty, AddAsync),
        new("blockdev-del", NodeName, QmpObject.Empty, RemoveAsync),
        new("query-named-block-nodes", NamedNodes, new QmpArray(NodeInfo.Type), ListAsync),
        new("query-block", QmpObject.Empty, new QmpArray(new QmpObject("BlockInfo")), (_, _) => new(new JsonArray())),
        new("block_resize", Resize, QmpObject.Empty, ResizeAsync),
    ];

    private async ValueTask<JsonNode?> AddAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        await daemon.Graph.AddAsync(arguments.Values, cancellation).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<JsonNode?> RemoveAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        await daemon.Graph.RemoveAsync(arguments.Text("node-name")).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<JsonNode?> ListAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        bool isFlat = arguments.Flag("flat", initial: false);
        JsonArray nodes = [];
        foreach (Node node in daemon.Graph.Nodes)
        {
            JsonNode info = await new NodeInfo(daemon, isFlat).DescribeAsync(node, cancellation).ConfigureAwait(false);
            nodes.Add(info);
        }

        return nodes;
    }

    private async ValueTask<JsonNode?> ResizeAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        string device = arguments.TextOrNull("device") ?? "";
        string name = arguments.TextOrNull("node-name") ?? "";
        Node node = daemon.Graph.Find(name)
            ?? daemon.Graph.Find(device)
            ?? throw new QmpException($"Cannot find device='{device}' nor node-name='{name}'");
        long size = arguments.Integer("size");
        if (size < 0)
        {
            throw new QmpException("Parameter 'size' expects a >0 size");
        }

        if (node.BusyWith is not null)
        {
            throw new QmpException($"Device '{(device.Length > 0 ? device : "(null)")}' is in use");
        }

        await node.Image.ResizeAsync((ulong)size, Preallocation.Off, cancellation).ConfigureAwait(false);
        return null;
    }
}
