using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>The command that obeys a line as people type it.</summary>
internal sealed class HumanCommands(StorageDaemon daemon)
{
    private static readonly QmpObject LineType = new(
        "HumanMonitorCommand",
        new QmpMember("command-line", Qmp.Text),
        QmpMember.Optional("cpu-index", Qmp.Integer));

    private readonly HumanMonitor _monitor = new(daemon);

    public IEnumerable<QmpCommand> Commands => [new("human-monitor-command", LineType, Qmp.Text, ExecuteAsync)];

    private async ValueTask<JsonNode?> ExecuteAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        using StringWriter output = new();
        await _monitor.ExecuteAsync(arguments.Text("command-line"), output, cancellation).ConfigureAwait(false);
        return JsonValue.Create(output.ToString());
    }
}
