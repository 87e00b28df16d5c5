using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>The command that opens nodes again in another way.</summary>
internal sealed class ReopenCommands(StorageDaemon daemon, NodeTypes types)
{
    private readonly QmpObject _type = new("BlockdevReopen", new QmpMember("options", new QmpArray(types.Options)));

    public IEnumerable<QmpCommand> Commands => [new("blockdev-reopen", _type, QmpObject.Empty, ReopenAsync)];

    private async ValueTask<JsonNode?> ReopenAsync(QmpArguments arguments, CancellationToken cancellation)
    {
        List<(Node Node, bool IsReadOnly)> changes = [];
        foreach (QmpArguments options in arguments.Objects("options"))
        {
            string name = options.TextOrNull("node-name") ?? throw new QmpException("node-name not specified");
            Node node = daemon.Graph.Find(name)
                ?? throw new QmpException($"Failed to find node with node-name='{name}'");
            NodeGraph.RequireIdle(node);
            RequireSame(node, options.Values);
            changes.Add((node, options.Flag("read-only", initial: false)));
        }

        foreach ((Node node, bool isReadOnly) in changes)
        {
            if (node.IsReadOnly != isReadOnly)
            {
                await daemon.Graph.ReopenAsync(node, isReadOnly, cancellation).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <summary>Whether a node is read-only can change; the rest must be as it is.</summary>
    private void RequireSame(Node node, JsonElement options)
    {
        Dictionary<string, string> now = NodeValues.Flatten(node.Options, "read-only", "node-name", "file", "backing");
        Dictionary<string, string> then = NodeValues.Flatten(options, "read-only", "node-name", "file", "backing");
        string? changed = then.Keys.Union(now.Keys)
            .FirstOrDefault(name => now.GetValueOrDefault(name) != then.GetValueOrDefault(name));
        if (changed is not null)
        {
            throw new QmpException($"Cannot change the option '{changed}'");
        }

        RequireSameNode("file", options, node.File);
        RequireSameNode("backing", options, daemon.Graph.Of(node.Image.Backing));
    }

    private void RequireSameNode(string member, JsonElement options, Node? now)
    {
        if (!options.TryGetProperty(member, out JsonElement value))
        {
            return;
        }

        Node? then = value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => daemon.Graph.RequireByNodeName(value.GetString()!),
            _ => value.TryGetProperty("node-name", out JsonElement name)
                ? daemon.Graph.RequireByNodeName(name.GetString()!)
                : throw new QmpException($"The '{member}' of a node that is opened again is named by its node-name"),
        };
        if (then != now)
        {
            throw new QmpException($"Cannot change the option '{member}'");
        }
    }
}
