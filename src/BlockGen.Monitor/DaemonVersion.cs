using System.Text.Json.Nodes;

namespace BlockGen.Monitor;

/// <summary>Which version clients are told. They look at it to know which commands and options there are.</summary>
/// <param name="Major">Of the QEMU whose protocol is spoken.</param>
/// <param name="Minor">As above.</param>
/// <param name="Package">Who speaks it.</param>
public sealed record DaemonVersion(int Major, int Minor, string Package)
{
    internal JsonObject ToJson() => new()
    {
        ["qemu"] = new JsonObject { ["micro"] = 0, ["minor"] = Minor, ["major"] = Major },
        ["package"] = Package,
    };
}
