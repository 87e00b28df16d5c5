using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlockGen.Monitor;

namespace BlockGen.Cli;

/// <summary>A client of a monitor, of this daemon's or QEMU's.</summary>
internal sealed class MonitorClient : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _input;

    private MonitorClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _input = new StreamReader(_stream, Encoding.UTF8);
    }

    /// <summary>Connects to a Unix socket's path, or to <c>host:port</c>.</summary>
    /// <exception cref="ToolException">Nobody answers there, or not in the machine protocol.</exception>
    public static async ValueTask<MonitorClient> ConnectAsync(string place, CancellationToken cancellation)
    {
        int colon = place.LastIndexOf(':');
        EndPoint endPoint = colon > 0 && !File.Exists(place)
            ? InetAddress.Resolve(place[..colon].Trim('[', ']'), place[(colon + 1)..])
            : new UnixDomainSocketEndPoint(place);
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint, cancellation);
            MonitorClient client = new(socket);
            await client.ExecuteAsync("qmp_capabilities", [], cancellation);
            return client;
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new ToolException($"cannot connect to '{place}': {failure.Message}");
        }
    }

    /// <summary>What a line as people type it leads to.</summary>
    public async ValueTask<string> ObeyAsync(string line, CancellationToken cancellation) =>
        (await ExecuteAsync("human-monitor-command", new() { ["command-line"] = line }, cancellation)).ToString();

    /// <summary>Sends a command and returns its result.</summary>
    /// <exception cref="ToolException">It is refused, or the daemon has gone.</exception>
    public async ValueTask<JsonNode> ExecuteAsync(string name, JsonObject arguments, CancellationToken cancellation)
    {
        JsonObject message = new() { ["execute"] = name, ["arguments"] = arguments };
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes($"{message.ToJsonString()}\n"), cancellation);
            while (true)
            {
                string text = await _input.ReadLineAsync(cancellation)
                    ?? throw new ToolException("the daemon has ended");
                JsonObject answer = JsonNode.Parse(text) as JsonObject ?? throw new JsonException(text);
                if (answer["error"] is { } refusal)
                {
                    throw new ToolException($"{refusal["desc"]}");
                }

                if (answer["return"] is { } result)
                {
                    return result;
                }
            }
        }
        catch (JsonException)
        {
            throw new ToolException("what answers does not speak the machine protocol");
        }
    }

    public void Dispose()
    {
        _input.Dispose();
        _stream.Dispose();
    }
}
