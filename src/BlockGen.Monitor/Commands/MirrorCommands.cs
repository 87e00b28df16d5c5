using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Commands that start copies into other nodes.</summary>
internal sealed class MirrorCommands(StorageDaemon daemon)
{
    private static readonly QmpEnum SyncMode = new("MirrorSyncMode", "top", "full", "none", "incremental", "bitmap");

    private static readonly QmpMember[] CopyMembers =
    [
        new("device", Qmp.Text),
        new("target", Qmp.Text),
        new("sync", SyncMode),
        QmpMember.Optional("on-source-error", JobTypes.OnError),
        .. JobArguments.Members,
    ];

    private static readonly QmpObject MirrorType = new("BlockdevMirror", CopyMembers);

    public static QmpObject BackupType { get; } = new("BlockdevBackup", CopyMembers);

    public IEnumerable<QmpCommand> Commands =>
    [
        new("blockdev-mirror", MirrorType, QmpObject.Empty, MirrorAsync),
        new("blockdev-backup", BackupType, QmpObject.Empty, BackupAsync),
    ];

    /// <summary>A backup that has not begun.</summary>
    public BlockJob PrepareBackup(QmpArguments arguments)
    {
        Node source = daemon.Graph.Require(arguments.Text("device"));
        Node target = daemon.Graph.Require(arguments.Text("target"));
        string sync = arguments.Text("sync");
        if (sync is "incremental" or "bitmap")
        {
            throw new QmpException($"must provide a valid bitmap name for '{sync}' sync mode");
        }

        if (source == target)
        {
            throw new QmpException("Source and target cannot be the same");
        }

        JobSettings settings = ReadSettings(arguments, "backup", source, target);
        return new BlockJob(settings, daemon, async hooks => await source.RequireLive().StartBackupAsync(new BackupOptions
        {
            Target = target.Image,
            Base = sync == "top" ? source.Image.Backing : null,
            CopiesChangesOnly = sync == "none",
            SpeedBytesPerSecond = hooks.Settings.SpeedBytesPerSecond,
            OnError = hooks.Settings.OnError,
            BeforeFinish = hooks.BeforeFinish,
            Faulted = hooks.Faulted,
        }, CancellationToken.None).ConfigureAwait(false));
    }

    private async ValueTask<JsonNode?> BackupAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        await daemon.Jobs.StartAsync(PrepareBackup(arguments)).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<JsonNode?> MirrorAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        Node source = daemon.Graph.Require(arguments.Text("device"));
        Node target = daemon.Graph.Require(arguments.Text("target"));
        string sync = arguments.Text("sync");
        if (sync is "incremental" or "bitmap")
        {
            throw new QmpException($"Sync mode '{sync}' not supported");
        }

        if (source == target)
        {
            throw new QmpException("Can't mirror node into itself");
        }

        JobSettings settings = ReadSettings(arguments, "mirror", source, target);
        await daemon.Jobs.StartAsync(new BlockJob(settings, daemon, hooks => new(source.RequireLive().StartMirror(new MirrorOptions
        {
            Target = target.Image,
            Base = sync == "top" ? source.Image.Backing : null,
            CopiesExisting = sync != "none",
            Successor = target.RequireLive(),
            SpeedBytesPerSecond = hooks.Settings.SpeedBytesPerSecond,
            OnError = hooks.Settings.OnError,
            BeforeFinish = hooks.BeforeFinish,
            Faulted = hooks.Faulted,
            Ready = hooks.Ready,
        })))
        {
            Exchanged = () => daemon.GiveGuestsAsync(source, target),
        }).ConfigureAwait(false);
        return null;
    }

    private JobSettings ReadSettings(QmpArguments arguments, string type, Node source, Node target)
    {
        NodeGraph.RequireIdle(source);
        NodeGraph.RequireIdle(target);
        if (daemon.Graph.OverlayOf(target) is { } overlay)
        {
            throw new QmpException($"Node '{target.Name}' is busy: node is used as backing hd of '{overlay.Name}'");
        }

        if (target.ExportCount > 0)
        {
            throw new QmpException($"Node {target.Name} is in use");
        }

        return JobArguments.Read(arguments, type) with { Nodes = [source, target] };
    }
}
