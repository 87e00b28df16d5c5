using System.Text.Json;

namespace BlockGen.Monitor;

/// <summary>The nodes that are open, by name. Changed by whoever has the <see cref="Turn"/>.</summary>
internal sealed partial class NodeGraph(FormatRegistry formats, IStorageOpener storages) : IAsyncDisposable
{
    private const int LongestNameLength = 31;

    private readonly List<Node> _nodes = [];
    private int _implicitCount;

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>The formats that images may have.</summary>
    public FormatRegistry Formats => formats;

    public Node? Find(string name) => _nodes.Find(node => node.Name == name);

    /// <summary>The node that a command's <c>device</c> names.</summary>
    public Node Require(string name) =>
        Find(name) ?? throw new QmpException($"Cannot find device='{name}' nor node-name='{name}'");

    /// <summary>The node that a command's <c>node-name</c> names.</summary>
    public Node RequireByNodeName(string name) =>
        Find(name) ?? throw new QmpException($"Cannot find device='' nor node-name='{name}'");

    /// <summary>The node of an image; null when it has none.</summary>
    public Node? Of(Image? image) => image is null ? null : _nodes.Find(node => node.Image == image);

    /// <summary>The nodes from one down its backing chain.</summary>
    public IEnumerable<Node> ChainOf(Node top)
    {
        for (Node? node = top; node is not null; node = Of(node.Image.Backing))
        {
            yield return node;
        }
    }

    /// <summary>The node whose backing image is this node's; null when there is none.</summary>
    public Node? OverlayOf(Node node) => _nodes.Find(other => other.Image.Backing == node.Image);

    /// <summary>The nodes that clients have named and no other node uses: guests' disks, as people see it.</summary>
    public IEnumerable<Node> Disks => _nodes.Where(node =>
        (!node.IsImplicit || node.ExportCount > 0) && OverlayOf(node) is null
        && !_nodes.Exists(other => other.File == node));

    /// <summary>Opens a node that goes with the job that needs it, unless guests use it then.</summary>
    public ValueTask<Node> AddForJobAsync(JsonElement options, CancellationToken cancellation) =>
        OpenAsync(options, isReadOnly: false, isImplicit: true, cancellation);

    /// <summary>Opens the nodes that options describe; the outermost one must have a name.</summary>
    public async ValueTask AddAsync(JsonElement options, CancellationToken cancellation)
    {
        if (!options.TryGetProperty("node-name", out _))
        {
            throw new QmpException("'node-name' must be specified for the root node");
        }

        await OpenAsync(options, isReadOnly: false, isImplicit: false, cancellation).ConfigureAwait(false);
    }

    /// <summary>Closes a node, and the nodes that only it needed.</summary>
    public async ValueTask RemoveAsync(string name)
    {
        Node node = Find(name) ?? throw new QmpException($"Failed to find node with node-name='{name}'");
        RequireIdle(node);
        if (node.ExportCount > 0)
        {
            throw new QmpException($"Node {name} is in use");
        }

        if (OverlayOf(node) is { } overlay)
        {
            throw new QmpException($"Node '{name}' is busy: node is used as backing hd of '{overlay.Name}'");
        }

        if (_nodes.Exists(other => other.File == node))
        {
            throw new QmpException($"Block device {name} is in use");
        }

        if (node.IsImplicit)
        {
            throw new QmpException($"Node {name} is not owned by the monitor");
        }

        await CloseAsync(node).ConfigureAwait(false);
        await SweepAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the implicit nodes that no other node needs any more.</summary>
    public async ValueTask SweepAsync()
    {
        while (_nodes.Find(IsSuperfluous) is { } node)
        {
            await CloseAsync(node).ConfigureAwait(false);
        }
    }

    /// <summary>Throws when a job uses the node.</summary>
    public static void RequireIdle(Node node)
    {
        if (node.BusyWith is { } job)
        {
            throw new QmpException($"Node '{node.Name}' is busy: block device is in use by block job: {job}");
        }
    }

    /// <summary>Closes everything, overlays before what is behind them.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Exception> failures = [];
        while (_nodes.Find(node => OverlayOf(node) is null && !_nodes.Exists(other => other.File == node)) is { } node)
        {
            try
            {
                await CloseAsync(node).ConfigureAwait(false);
            }
            catch (Exception failure) when (QmpException.IsFailure(failure))
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw new IOException(string.Join("; ", failures.Select(failure => failure.Message)), failures[0]);
        }
    }

    private bool IsSuperfluous(Node node) =>
        node is { IsImplicit: true, BusyWith: null, ExportCount: 0 }
        && OverlayOf(node) is null
        && !_nodes.Exists(other => other.File == node);

    private async ValueTask CloseAsync(Node node)
    {
        _nodes.Remove(node);
        try
        {
            await node.LeaveLiveAsync().ConfigureAwait(false);
            await node.Image.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            if (node.Storage is { } storage)
            {
                await storage.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private string NameFor(JsonElement options)
    {
        if (!options.TryGetProperty("node-name", out JsonElement given))
        {
            return $"#block{_implicitCount++:000}";
        }

        string name = given.GetString()!;
        if (!Identifier.IsSound(name) || name.Length > LongestNameLength)
        {
            throw new QmpException($"Invalid node-name: '{name}'");
        }

        return Find(name) is null ? name : throw new QmpException($"Duplicate nodes with node-name='{name}'");
    }
}
