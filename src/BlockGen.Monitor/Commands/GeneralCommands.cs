using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Commands about the daemon itself.</summary>
internal sealed class GeneralCommands(StorageDaemon daemon, CommandTable table)
{
    private static readonly QmpObject VersionType = new(
        "VersionInfo",
        new QmpMember(
            "qemu",
            new QmpObject(
                "VersionTriple",
                new QmpMember("major", Qmp.Integer),
                new QmpMember("minor", Qmp.Integer),
                new QmpMember("micro", Qmp.Integer))),
        new QmpMember("package", Qmp.Text));

    private static readonly QmpObject CommandType = new("CommandInfo", new QmpMember("name", Qmp.Text));

    private static readonly QmpObject CapabilitiesType = new(
        "QmpCapabilities", QmpMember.Optional("enable", new QmpArray(new QmpEnum("QMPCapability"))));

    public IEnumerable<QmpCommand> Commands =>
    [
        new("qmp_capabilities", CapabilitiesType, QmpObject.Empty, (_, _) => default),
        new("query-version", QmpObject.Empty, VersionType, (_, _) => new(daemon.Version.ToJson())),
        new("query-commands", QmpObject.Empty, new QmpArray(CommandType), (_, _) => new(ListCommands())),
        new("query-qmp-schema", QmpObject.Empty, new QmpArray(SchemaWriter.InfoType), (_, _) => new(WriteSchema())),
        new("quit", QmpObject.Empty, QmpObject.Empty, Quit),
    ];

    private ValueTask<JsonNode?> Quit(QmpArguments arguments, CancellationToken cancellation)
    {
        daemon.RequestQuit();
        return default;
    }

    private JsonArray ListCommands() =>
        new([.. table.Commands.Select(command => new JsonObject { ["name"] = command.Name })]);

    private JsonArray WriteSchema() => SchemaWriter.Write(table.Commands, CommandTable.Events);
}
