using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlockGen.Monitor;

namespace BlockGen.Cli;

/// <summary>The values of a daemon's options.</summary>
internal static class DaemonPlan
{
    private static readonly JsonDocumentOptions Strictness = new() { MaxDepth = 64 };

    /// <summary>What a value says: an object, or a list of names with dots.</summary>
    public static JsonObject ReadOptions(string text, string firstName)
    {
        if (text is not ['{', ..])
        {
            return NodeValues.Nest(OptionText.ParseImplied(text, firstName));
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: Strictness) as JsonObject
                ?? throw new ImageException("Expecting an object");
        }
        catch (JsonException)
        {
            throw new ImageException("JSON parse error, expecting value");
        }
    }

    /// <summary>The NBD server that a value asks for.</summary>
    public static (EndPoint EndPoint, int MostConnections, string? Credentials) ReadNbdServer(string text)
    {
        JsonObject options = ReadOptions(text, "addr");
        JsonObject address = options["addr"] as JsonObject
            ?? throw new ImageException("Parameter 'addr' is missing");
        EndPoint endPoint = TextOf(address, "type", "addr.type") switch
        {
            "unix" => new UnixDomainSocketEndPoint(TextOf(address, "path", "addr.path")),
            "inet" => InetAddress.Resolve(TextOf(address, "host", "addr.host"), TextOf(address, "port", "addr.port")),
            string other => throw new ImageException($"Parameter 'type' does not accept value '{other}'"),
        };
        int mostConnections = options["max-connections"]?.ToString() is { } count
            ? int.TryParse(count, out int number) && number >= 0
                ? number
                : throw new ImageException("Parameter 'max-connections' expects a number")
            : 0;
        return (endPoint, mostConnections, options["tls-creds"]?.ToString());
    }

    private static string TextOf(JsonObject values, string name, string path) =>
        values[name]?.ToString() ?? throw new ImageException($"Parameter '{path}' is missing");
}
