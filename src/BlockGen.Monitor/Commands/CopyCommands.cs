using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Commands that start copies within backing chains.</summary>
internal sealed class CopyCommands(StorageDaemon daemon)
{
    private static readonly QmpObject StreamType = new(
        "BlockStream",
        [
            new QmpMember("device", Qmp.Text),
            QmpMember.Optional("base", Qmp.Text),
            QmpMember.Optional("base-node", Qmp.Text),
            QmpMember.Optional("bottom", Qmp.Text),
            QmpMember.Optional("on-error", JobTypes.OnError),
            .. JobArguments.Members,
        ]);

    private static readonly QmpObject CommitType = new(
        "BlockCommit",
        [
            new QmpMember("device", Qmp.Text),
            QmpMember.Optional("base-node", Qmp.Text),
            QmpMember.Optional("base", Qmp.Text),
            QmpMember.Optional("top-node", Qmp.Text),
            QmpMember.Optional("top", Qmp.Text),
            QmpMember.Optional("on-error", JobTypes.OnError),
            .. JobArguments.Members,
        ]);

    public IEnumerable<QmpCommand> Commands =>
    [
        new("block-stream", StreamType, QmpObject.Empty, StreamAsync),
        new("block-commit", CommitType, QmpObject.Empty, CommitAsync),
    ];

    private async ValueTask<JsonNode?> StreamAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        Node top = daemon.Graph.Require(arguments.Text("device"));
        Node? baseNode = FindBase(top, arguments);
        Node[] used = [.. daemon.Graph.ChainOf(top).TakeWhile(node => node != baseNode)];
        RequireIdle(used);
        JobSettings settings = JobArguments.Read(arguments, "stream") with { Nodes = used };
        await daemon.Jobs.StartAsync(new BlockJob(settings, daemon, hooks => new(top.Image.StartStream(new StreamOptions
        {
            Base = baseNode?.Image,
            SpeedBytesPerSecond = hooks.Settings.SpeedBytesPerSecond,
            OnError = hooks.Settings.OnError,
            BeforeFinish = hooks.BeforeFinish,
            Faulted = hooks.Faulted,
        })))).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<JsonNode?> CommitAsync(QmpArguments arguments, CancellationToken cancellation)
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

        Node? overlay = daemon.Graph.OverlayOf(top);
        Node[] used =
        [
            .. overlay is null ? [] : new[] { overlay },
            .. daemon.Graph.ChainOf(top).TakeWhile(node => node != baseNode),
            baseNode,
        ];
        RequireIdle(used);
        JobSettings settings = JobArguments.Read(arguments, "commit") with { Nodes = used };
        daemon.Jobs.RequireUnused(settings.Id);
        Node[] changed = overlay is null ? [baseNode] : [baseNode, overlay];
        Node[] readOnly = [.. changed.Where(node => node.IsReadOnly)];
        foreach (Node node in readOnly)
        {
            await daemon.Graph.ReopenAsync(node, isReadOnly: false, cancellation).ConfigureAwait(false);
        }

        if (overlay is null)
        {
            await daemon.Jobs.StartAsync(CommitActive(settings, top, baseNode, readOnly)).ConfigureAwait(false);
            return null;
        }

        await daemon.Jobs.StartAsync(new BlockJob(settings, daemon, hooks => new(top.Image.StartCommit(new CommitOptions
        {
            Base = baseNode.Image,
            Overlay = overlay.Image,
            SpeedBytesPerSecond = hooks.Settings.SpeedBytesPerSecond,
            OnError = hooks.Settings.OnError,
            BeforeFinish = hooks.BeforeFinish,
            Faulted = hooks.Faulted,
        })))
        {
            Left = () => MakeReadOnlyAsync(readOnly),
        }).ConfigureAwait(false);
        return null;
    }

    private async ValueTask MakeReadOnlyAsync(IEnumerable<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            await daemon.Graph.ReopenAsync(node, isReadOnly: true, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Guests write to the top meanwhile: the base is kept like it, and takes its place in the end.</summary>
    private BlockJob CommitActive(JobSettings settings, Node top, Node baseNode, Node[] readOnly) => new(
        settings,
        daemon,
        hooks => new(top.RequireLive().StartMirror(new MirrorOptions
        {
            Target = baseNode.Image,
            Base = baseNode.Image,
            Successor = baseNode.RequireLive(),
            SpeedBytesPerSecond = hooks.Settings.SpeedBytesPerSecond,
            OnError = hooks.Settings.OnError,
            BeforeFinish = hooks.BeforeFinish,
            Faulted = hooks.Faulted,
            Ready = hooks.Ready,
        })))
    {
        Exchanged = () => daemon.GiveGuestsAsync(top, baseNode),
        Left = () => MakeReadOnlyAsync(readOnly),
    };

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
