using System.Text.Json.Nodes;
using BlockGen.Nbd;

namespace BlockGen.Monitor;

/// <summary>A node that clients of the NBD server use.</summary>
/// <param name="Id">What commands call it.</param>
/// <param name="Node">The node.</param>
/// <param name="Nbd">What the server offers.</param>
internal sealed record Export(string Id, Node Node, NbdExport Nbd)
{
    /// <summary>Whether it waits for its clients to leave.</summary>
    public bool IsShuttingDown { get; set; }

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["type"] = "nbd",
        ["node-name"] = Node.Name,
        ["shutting-down"] = IsShuttingDown,
    };
}
