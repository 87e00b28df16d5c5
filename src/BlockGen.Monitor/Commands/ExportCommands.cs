using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using BlockGen.Nbd;

namespace BlockGen.Monitor;

/// <summary>Commands about the NBD server and its exports.</summary>
internal sealed class ExportCommands(StorageDaemon daemon)
{
    private static readonly QmpObject InetData = new(
        "InetSocketAddress", new QmpMember("host", Qmp.Text), new QmpMember("port", Qmp.Text));

    private static readonly QmpObject UnixData = new("UnixSocketAddress", new QmpMember("path", Qmp.Text));

    private static readonly QmpObject Address = new(
        "SocketAddressLegacy", new QmpMember("type", new QmpEnum("SocketAddressType", "inet", "unix")))
    {
        Tag = "type",
        Variants = static () => AddressVariants!,
    };

    private static readonly Dictionary<string, QmpObject> AddressVariants = new()
    {
        ["inet"] = new("InetSocketAddressWrapper", new QmpMember("data", InetData)),
        ["unix"] = new("UnixSocketAddressWrapper", new QmpMember("data", UnixData)),
    };

    private static readonly QmpObject StartType = new(
        "NbdServerStart",
        new QmpMember("addr", Address),
        QmpMember.Optional("tls-creds", Qmp.Text),
        QmpMember.Optional("max-connections", Qmp.Integer));

    private static readonly QmpObject LegacyAddType = new(
        "NbdServerAdd",
        QmpMember.Optional("name", Qmp.Text),
        QmpMember.Optional("description", Qmp.Text),
        new QmpMember("device", Qmp.Text),
        QmpMember.Optional("writable", Qmp.Flag));

    private static readonly QmpEnum RemovalMode = new("BlockExportRemoveMode", "safe", "hard");

    private static readonly QmpObject LegacyRemoveType = new(
        "NbdServerRemove", new QmpMember("name", Qmp.Text), QmpMember.Optional("mode", RemovalMode));

    private static readonly QmpObject RemoveType = new(
        "BlockExportDel", new QmpMember("id", Qmp.Text), QmpMember.Optional("mode", RemovalMode));

    private static readonly QmpEnum ExportType = new("BlockExportType", "nbd");

    private static readonly QmpObject AddType = new(
        "BlockExportOptions",
        new QmpMember("type", ExportType),
        new QmpMember("id", Qmp.Text),
        new QmpMember("node-name", Qmp.Text),
        QmpMember.Optional("writable", Qmp.Flag),
        QmpMember.Optional("writethrough", Qmp.Flag))
    {
        Tag = "type",
        Variants = static () => ExportVariants!,
    };

    private static readonly Dictionary<string, QmpObject> ExportVariants = new()
    {
        ["nbd"] = new QmpObject(
            "BlockExportOptionsNbd",
            QmpMember.Optional("name", Qmp.Text),
            QmpMember.Optional("description", Qmp.Text),
            QmpMember.Optional("allocation-depth", Qmp.Flag)),
    };

    private static readonly QmpObject InfoType = new(
        "BlockExportInfo",
        new QmpMember("id", Qmp.Text),
        new QmpMember("type", ExportType),
        new QmpMember("node-name", Qmp.Text),
        new QmpMember("shutting-down", Qmp.Flag));

    public IEnumerable<QmpCommand> Commands =>
    [
        new("nbd-server-start", StartType, QmpObject.Empty, StartAsync),
        new("nbd-server-stop", QmpObject.Empty, QmpObject.Empty, StopAsync),
        new("nbd-server-add", LegacyAddType, QmpObject.Empty, AddLegacyAsync),
        new("nbd-server-remove", LegacyRemoveType, QmpObject.Empty, (values, _) => RemoveAsync(values, "name")),
        new("block-export-add", AddType, QmpObject.Empty, AddAsync),
        new("block-export-del", RemoveType, QmpObject.Empty, (values, _) => RemoveAsync(values, "id")),
        new("query-block-exports", QmpObject.Empty, new QmpArray(InfoType), (_, _) => new(List())),
    ];

    private ValueTask<JsonNode?> StartAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        QmpArguments address = arguments.Object("addr");
        QmpArguments place = address.Object("data");
        EndPoint endPoint = address.Text("type") == "unix"
            ? new UnixDomainSocketEndPoint(place.Text("path"))
            : InetAddress.Resolve(place.Text("host"), place.Text("port"));
        NbdCredentials? credentials = arguments.TextOrNull("tls-creds") is { } id ? daemon.FindCredentials(id) : null;
        daemon.Exports.StartServer(endPoint, (int)arguments.Integer("max-connections"), credentials);
        return default;
    }

    private async ValueTask<JsonNode?> StopAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        await daemon.Exports.StopServerAsync().ConfigureAwait(false);
        return null;
    }

    private ValueTask<JsonNode?> AddLegacyAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        daemon.Exports.RequireServer();
        string device = arguments.Text("device");
        string name = arguments.TextOrNull("name") ?? device;
        Node node = daemon.Graph.Require(device);
        Add(name, name, node, arguments, mayBeReadOnly: true);
        return default;
    }

    private ValueTask<JsonNode?> AddAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        string id = arguments.Text("id");
        daemon.Exports.RequireUnused(id);
        Node node = daemon.Graph.RequireByNodeName(arguments.Text("node-name"));
        daemon.Exports.RequireServer();
        Add(id, arguments.TextOrNull("name") ?? node.Name, node, arguments, mayBeReadOnly: false);
        return default;
    }

    private void Add(string id, string name, Node node, QmpArguments arguments, bool mayBeReadOnly)
    {
        daemon.Exports.RequireUnused(id);
        bool isWritable = arguments.Flag("writable", initial: false);
        if (isWritable && node.IsReadOnly && !mayBeReadOnly)
        {
            throw new QmpException("Block node is read-only");
        }

        daemon.Exports.Add(new Export(id, new NbdExport(name, node.RequireLive())
        {
            Description = arguments.TextOrNull("description"),
            IsWritable = isWritable && !node.IsReadOnly,
            FlushesChanges = arguments.Flag("writethrough", initial: false),
            HasAllocationDepth = arguments.Flag("allocation-depth", initial: false),
        })
        {
            Node = node,
        });
    }

    private async ValueTask<JsonNode?> RemoveAsync(QmpArguments arguments, string member)
    {
        NbdRemoval removal = arguments.TextOrNull("mode") == "hard" ? NbdRemoval.Disconnect : NbdRemoval.WhenUnused;
        await daemon.Exports.RemoveAsync(arguments.Text(member), removal).ConfigureAwait(false);
        return null;
    }

    private JsonArray List() => new([.. daemon.Exports.Exports.Select(export => export.ToJson())]);
}
