using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Every command and event of a daemon.</summary>
internal sealed class CommandTable
{
    private readonly Dictionary<string, QmpCommand> _commands;

    public CommandTable(StorageDaemon daemon)
    {
        NodeTypes types = new(daemon.Graph.Formats, daemon.Storages);
        IEnumerable<QmpCommand> commands =
        [
            .. new GeneralCommands(daemon, this).Commands,
            .. new NodeCommands(daemon, types).Commands,
            .. new CreationCommands(daemon, types).Commands,
            .. new JobCommands(daemon).Commands,
            .. new CopyCommands(daemon).Commands,
            .. new MirrorCommands(daemon).Commands,
            .. new SnapshotCommands(daemon).Commands,
            .. new BitmapCommands(daemon).Commands,
            .. new ReopenCommands(daemon, types).Commands,
            .. new ExportCommands(daemon).Commands,
            .. new HumanCommands(daemon).Commands,
        ];
        _commands = commands.ToDictionary(command => command.Name, StringComparer.Ordinal);
    }

    public IEnumerable<QmpCommand> Commands => _commands.Values;

    public static IReadOnlyList<QmpEvent> Events { get; } = [.. JobEvents.All, ExportList.Deleted];

    /// <summary>Checks a command's arguments and carries it out.</summary>
    /// <exception cref="QmpException">It is refused or has failed.</exception>
    public async ValueTask<JsonNode?> ExecuteAsync(
        QmpMessage message, bool acceptsText, CancellationToken cancellation)
    {
        if (!_commands.TryGetValue(message.Name, out QmpCommand? command))
        {
            throw new QmpException(
                $"The command {message.Name} has not been found", QmpException.CommandNotFound);
        }

        QmpValidation.Check(command.Arguments, message.Arguments, acceptsText);
        try
        {
            return await command.Handler(new QmpArguments(message.Arguments), cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (QmpException.IsFailure(failure))
        {
            throw new QmpException(failure.Message);
        }
    }
}
