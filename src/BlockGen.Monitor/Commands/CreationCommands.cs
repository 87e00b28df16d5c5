using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>The command that makes images.</summary>
internal sealed class CreationCommands(StorageDaemon daemon, NodeTypes types)
{
    private QmpObject CreateType { get; } = new(
        "BlockdevCreate", new QmpMember("job-id", Qmp.Text), new QmpMember("options", types.Creation));

    public IEnumerable<QmpCommand> Commands => [new("blockdev-create", CreateType, QmpObject.Empty, CreateAsync)];

    private async ValueTask<JsonNode?> CreateAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        QmpArguments options = arguments.Object("options");
        JobSettings settings = new(arguments.Text("job-id"), "create") { DismissesItself = false };
        await daemon.Jobs.StartAsync(new CreateJob(settings, daemon, stop => RunAsync(options, stop)))
            .ConfigureAwait(false);
        return null;
    }

    private ValueTask RunAsync(QmpArguments options, CancellationToken cancellation) =>
        options.Text("driver") == "file"
            ? CreateFileAsync(options.Text("filename"), options.Size("size"), cancellation)
            : CreateImageAsync(options, cancellation);

    private async ValueTask CreateFileAsync(string name, ulong bytes, CancellationToken cancellation)
    {
        IStorage file = daemon.Storages.CreateFile(name);
        await using (file.ConfigureAwait(false))
        {
            await file.SetLengthAsync(bytes, cancellation).ConfigureAwait(false);
            await file.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask CreateImageAsync(QmpArguments options, CancellationToken cancellation)
    {
        ImageFormat format = daemon.Graph.Formats.Find(options.Text("driver"));
        JsonElement file = options.Values.GetProperty("file");
        if (file.ValueKind is not JsonValueKind.String)
        {
            throw new QmpException("The file of a new image must be a node, named by its node-name");
        }

        IStorage storage;
        using (await daemon.Turn.EnterAsync(cancellation).ConfigureAwait(false))
        {
            Node node = daemon.Graph.Require(file.GetString()!);
            storage = node.Storage
                ?? throw new QmpException($"A '{node.Driver}' image cannot stand under another node");
            if (daemon.Graph.Nodes.Any(other => other.File == node) || node.ExportCount > 0)
            {
                throw new QmpException($"Node {node.Name} is in use");
            }

            NodeGraph.RequireIdle(node);
            node.BusyWith = "create";
        }

        try
        {
            Dictionary<string, string> members = NodeValues.Flatten(options.Values);
            members["size"] = options.Size("size").ToString(CultureInfo.InvariantCulture);
            BackingLink? link = options.TextOrNull("backing-file") is { } backing
                ? new BackingLink(backing, options.TextOrNull("backing-fmt"))
                : null;
            OptionValues values = new(CreationOptions.Of(format, members), daemon.Storages.FindSecret);
            await format.CreateAsync!(storage, values, link, cancellation).ConfigureAwait(false);
            await storage.FlushAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            using (await daemon.Turn.EnterAsync(CancellationToken.None).ConfigureAwait(false))
            {
                daemon.Graph.Require(file.GetString()!).BusyWith = null;
            }
        }
    }
}
