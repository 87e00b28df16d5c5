using System.Text.Json.Nodes;
using BlockGen.Nbd;

namespace BlockGen.Monitor;

/// <summary>A node that clients of the NBD server use.</summary>
/// <param name="Id">What commands call it.</param>
/// <param name="Nbd">What the server offers.</param>
internal sealed record Export(string Id, NbdExport Nbd)
{
    /// <summary>The node; another one once a job, or a snapshot, has put it in its place.</summary>
    public required Node Node { get; set; }

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
