using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Commands that put an overlay on a node, and several changes at once.</summary>
internal sealed class SnapshotCommands(StorageDaemon daemon)
{
    private static readonly QmpObject SnapshotType = new(
        "BlockdevSnapshot", new QmpMember("node", Qmp.Text), new QmpMember("overlay", Qmp.Text));

    private static readonly Dictionary<string, QmpObject> ActionVariants = new()
    {
        ["abort"] = new("AbortWrapper", new QmpMember("data", QmpObject.Empty)),
        ["blockdev-snapshot"] = new("BlockdevSnapshotWrapper", new QmpMember("data", SnapshotType)),
        ["blockdev-backup"] = new("BlockdevBackupWrapper", new QmpMember("data", MirrorCommands.BackupType)),
    };

    private static readonly QmpObject ActionType = new(
        "TransactionAction", new QmpMember("type", new QmpEnum("TransactionActionKind", [.. ActionVariants.Keys])))
    {
        Tag = "type",
        Variants = static () => ActionVariants,
    };

    private static readonly QmpObject TransactionType = new(
        "Transaction", new QmpMember("actions", new QmpArray(ActionType)));

    public IEnumerable<QmpCommand> Commands =>
    [
        new("blockdev-snapshot", SnapshotType, QmpObject.Empty, SnapshotAsync),
        new("transaction", TransactionType, QmpObject.Empty, TransactAsync),
    ];

    private async ValueTask<JsonNode?> SnapshotAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        (Node node, Node overlay) = Prepare(arguments);
        await CommitAsync(node, overlay, cancellation).ConfigureAwait(false);
        return null;
    }

    /// <summary>Everything is prepared before anything is done: what is refused refuses all of it.</summary>
    private async ValueTask<JsonNode?> TransactAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        List<Func<ValueTask>> commits = [];
        Stack<Action> undoes = new();
        try
        {
            foreach (QmpArguments action in arguments.Objects("actions"))
            {
                QmpArguments data = action.Object("data");
                switch (action.Text("type"))
                {
                    case "blockdev-snapshot":
                        (Node node, Node overlay) = Prepare(data);
                        undoes.Push(() => Detach(overlay));
                        commits.Add(() => CommitAsync(node, overlay, cancellation));
                        break;
                    case "blockdev-backup":
                        BlockJob job = new MirrorCommands(daemon).PrepareBackup(data);
                        daemon.Jobs.RequireUnused(job.Id);
                        commits.Add(() => daemon.Jobs.StartAsync(job));
                        break;
                    default:
                        throw new QmpException("Transaction aborted using Abort action");
                }
            }
        }
        catch
        {
            foreach (Action undo in undoes)
            {
                undo();
            }

            throw;
        }

        foreach (Func<ValueTask> commit in commits)
        {
            await commit().ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>The overlay stands over the node afterwards; nobody uses it yet.</summary>
    private (Node Node, Node Overlay) Prepare(QmpArguments arguments)
    {
        Node node = daemon.Graph.Require(arguments.Text("node"));
        Node overlay = daemon.Graph.Require(arguments.Text("overlay"));
        NodeGraph.RequireIdle(node);
        NodeGraph.RequireIdle(overlay);
        if (daemon.Graph.OverlayOf(node) is { } other)
        {
            throw new QmpException($"Node '{node.Name}' is busy: node is used as backing hd of '{other.Name}'");
        }

        if (overlay.ExportCount > 0 || daemon.Graph.OverlayOf(overlay) is not null || overlay == node)
        {
            throw new QmpException("The overlay is already in use");
        }

        if (overlay.Image.Backing is not null)
        {
            throw new QmpException("The overlay already has a backing image");
        }

        if (!overlay.Image.Driver.HasBacking)
        {
            throw new QmpException("The overlay does not support backing images");
        }

        if (overlay.Image.Length < node.Image.Length)
        {
            throw new QmpException("The overlay is smaller than the node that it stands over");
        }

        node.Image.AddOwner();
        overlay.Image.AttachBacking(node.Image);
        return (node, overlay);
    }

    private static void Detach(Node overlay)
    {
        Image backing = overlay.Image.Backing!;
        overlay.Image.AttachBacking(null);

        // The node is another owner: nothing closes, and so nothing is waited for.
        _ = backing.DisposeAsync().AsTask();
    }

    private async ValueTask CommitAsync(Node node, Node overlay, CancellationToken cancellation)
    {
        if (node.Live is { } live)
        {
            await live.ExchangeAsync(overlay.RequireLive(), cancellation).ConfigureAwait(false);
            await daemon.GiveGuestsAsync(node, overlay).ConfigureAwait(false);
        }

        // Nobody writes to it any more: other programs may read it.
        if (!node.IsReadOnly)
        {
            await daemon.Graph.ReopenAsync(node, isReadOnly: true, cancellation).ConfigureAwait(false);
        }
    }
}
