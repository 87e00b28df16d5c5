using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Commands about dirty bitmaps, which no format here keeps.</summary>
internal sealed class BitmapCommands(StorageDaemon daemon)
{
    private static readonly QmpMember[] Names = [new("node", Qmp.Text), new("name", Qmp.Text)];

    private static readonly QmpObject NamesType = new("BlockDirtyBitmap", Names);

    private static readonly QmpObject AddType = new(
        "BlockDirtyBitmapAdd",
        [
            .. Names,
            QmpMember.Optional("granularity", Qmp.Integer),
            QmpMember.Optional("persistent", Qmp.Flag),
            QmpMember.Optional("disabled", Qmp.Flag),
        ]);

    public IEnumerable<QmpCommand> Commands =>
    [
        new("block-dirty-bitmap-add", AddType, QmpObject.Empty, (arguments, _) => throw RefuseNew(arguments)),
        new("block-dirty-bitmap-remove", NamesType, QmpObject.Empty, (arguments, _) => throw NotFound(arguments)),
        new("block-dirty-bitmap-clear", NamesType, QmpObject.Empty, (arguments, _) => throw NotFound(arguments)),
        new("block-dirty-bitmap-enable", NamesType, QmpObject.Empty, (arguments, _) => throw NotFound(arguments)),
        new("block-dirty-bitmap-disable", NamesType, QmpObject.Empty, (arguments, _) => throw NotFound(arguments)),
    ];

    private QmpException RefuseNew(QmpArguments arguments)
    {
        Node node = RequireNode(arguments);
        return new QmpException($"Node '{node.Name}' of driver '{node.Driver}' cannot have dirty bitmaps");
    }

    private QmpException NotFound(QmpArguments arguments)
    {
        RequireNode(arguments);
        return new QmpException($"Dirty bitmap '{arguments.Text("name")}' not found");
    }

    private Node RequireNode(QmpArguments arguments)
    {
        string name = arguments.Text("node");
        return daemon.Graph.Find(name) ?? throw new QmpException($"Node '{name}' not found");
    }
}
