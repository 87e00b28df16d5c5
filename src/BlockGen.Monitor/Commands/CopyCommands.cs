using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Commands that start copies within backing chains.</summary>
internal sealed class CopyCommands(StorageDaemon daemon)
{
    private static readonly QmpMember[] JobMembers =
    [
        QmpMember.Optional("speed", Qmp.Integer),
        QmpMember.Optional("on-error", JobTypes.OnError),
        QmpMember.Optional("auto-finalize", Qmp.Flag),
        QmpMember.Optional("auto-dismiss", Qmp.Flag),
    ];

    private static readonly QmpObject StreamType = new(
        "BlockStream",
        [
            QmpMember.Optional("job-id", Qmp.Text),
            new QmpMember("device", Qmp.Text),
            QmpMember.Optional("base", Qmp.Text),
            QmpMember.Optional("base-node", Qmp.Text),
            QmpMember.Optional("bottom", Qmp.Text),
            .. JobMembers,
        ]);

    private static readonly QmpObject CommitType = new(
        "BlockCommit",
        [
            QmpMember.Optional("job-id", Qmp.Text),
            new QmpMember("device", Qmp.Text),
            QmpMember.Optional("base-node", Qmp.Text),
            QmpMember.Optional("base", Qmp.Text),
            QmpMember.Optional("top-node", Qmp.Text),
            QmpMember.Optional("top", Qmp.Text),
            .. JobMembers,
        ]);

    public IEnumerable<QmpCommand> Commands =>
    [
        new("block-stream", StreamType, QmpObject.Empty, StreamAsync),
        new("block-commit", CommitType, QmpObject.Empty, CommitAsync),
    ];

    private ValueTask<JsonNode?> StreamAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        Node top = daemon.Graph.Require(arguments.Text("device"));
        Node? baseNode = FindBase(top, arguments);
        Node[] used = [.. daemon.Graph.ChainOf(top).TakeWhile(node => node != baseNode)];
        RequireIdle(used);
        JobSettings settings = ReadSettings(arguments, "stream") with { Nodes = used };
        daemon.Jobs.Start(new BlockJob(settings, daemon, hooks => top.Image.StartStream(new StreamOptions
        {
            Base = baseNode?.Image,
            SpeedBytesPerSecond = arguments.Size("speed"),
            OnError = hooks.Settings.OnError,
            BeforeFinish = hooks.BeforeFinish,
            Faulted = hooks.Faulted,
        })));
        return default;
    }

    private ValueTask<JsonNode?> CommitAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        Node active = daemon.Graph.Find(arguments.Text("device"))
            ?? throw new QmpException(
                $"Device '{arguments.Text("device")}' not found", QmpException.DeviceNotFound);
        Node top = FindTop(active, arguments);
        Node baseNode = FindCommitBase(active, top, arguments);
        if (top == baseNode)
        {
            throw new QmpException("cannot commit an image into itself");
        }

        Node? overlay = top == active ? null : daemon.Graph.OverlayOf(top);
        Node[] used =
        [
            .. overlay is null ? [] : new[] { overlay },
            .. daemon.Graph.ChainOf(top).TakeWhile(node => node != baseNode),
            baseNode,
        ];
        RequireIdle(used);
        JobSettings settings = ReadSettings(arguments, "commit") with { Nodes = used };
        daemon.Jobs.Start(new BlockJob(settings, daemon, hooks => top.Image.StartCommit(new CommitOptions
        {
            Base = baseNode.Image,
            Overlay = overlay?.Image,
            SpeedBytesPerSecond = arguments.Size("speed"),
            OnError = hooks.Settings.OnError,
            BeforeFinish = hooks.BeforeFinish,
            Faulted = hooks.Faulted,
        })));
        return default;
    }

    private static JobSettings ReadSettings(QmpArguments arguments, string type)
    {
        long speed = arguments.Integer("speed");
        return new JobSettings(arguments.TextOrNull("job-id") ?? "", type)
        {
            FinalizesItself = arguments.Flag("auto-finalize", initial: true),
            DismissesItself = arguments.Flag("auto-dismiss", initial: true),
            SpeedBytesPerSecond = (ulong)Math.Max(speed, 0),
            OnError = JobTypes.ToErrorPolicy(arguments.TextOrNull("on-error")),
        };
    }

    private static void RequireIdle(IEnumerable<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            NodeGraph.RequireIdle(node);
        }
    }

    private Node? FindBase(Node top, QmpArguments arguments)
    {
        string? name = arguments.TextOrNull("base-node");
        string? bottom = arguments.TextOrNull("bottom");
        string? file = arguments.TextOrNull("base");
        if (new[] { name, bottom, file }.Count(given => given is not null) > 1)
        {
            throw new QmpException("'base', 'base-node' and 'bottom' cannot be specified at the same time");
        }

        if (file is not null)
        {
            return FindByFile(top, file);
        }

        if (name is not null)
        {
            Node node = daemon.Graph.RequireByNodeName(name);
            return node == top || !daemon.Graph.ChainOf(top).Contains(node)
                ? throw new QmpException($"Node '{name}' is not a backing image of '{top.Name}'")
                : node;
        }

        return bottom is null ? null : daemon.Graph.Of(daemon.Graph.RequireByNodeName(bottom).Image.Backing);
    }

    private Node FindTop(Node active, QmpArguments arguments)
    {
        if (arguments.TextOrNull("top-node") is { } name)
        {
            Node node = daemon.Graph.RequireByNodeName(name);
            return daemon.Graph.ChainOf(active).Contains(node)
                ? node
                : throw new QmpException($"'{name}' is not in the backing chain of '{active.Name}'");
        }

        return arguments.TextOrNull("top") is { } file
            ? daemon.Graph.ChainOf(active).FirstOrDefault(node => IsFile(node, file))
                ?? throw new QmpException($"Top image file {file} not found")
            : active;
    }

    private Node FindCommitBase(Node active, Node top, QmpArguments arguments)
    {
        if (arguments.TextOrNull("base-node") is { } name)
        {
            Node node = daemon.Graph.RequireByNodeName(name);
            return daemon.Graph.ChainOf(top).Contains(node)
                ? node
                : throw new QmpException($"'{name}' is not in the backing chain of '{top.Name}'");
        }

        return arguments.TextOrNull("base") is { } file
            ? FindByFile(active, file)
            : daemon.Graph.ChainOf(top).Last();
    }

    private Node FindByFile(Node top, string file) =>
        daemon.Graph.ChainOf(top).Skip(1).FirstOrDefault(node => IsFile(node, file))
        ?? throw new QmpException($"Can't find '{file}' in the backing chain");

    private bool IsFile(Node node, string file) =>
        node.FileName == file || Path.GetFullPath(node.FileName) == Path.GetFullPath(file);
}
