using System.Net;
using System.Net.Sockets;
using BlockGen.Monitor;

namespace BlockGen.Cli;

/// <summary>Where a monitor's clients are: a socket to listen at, or the standard streams.</summary>
/// <param name="EndPoint">The socket's address; null for the standard streams.</param>
internal sealed record CharacterDevice(EndPoint? EndPoint)
{
    /// <summary>Reads <c>socket,id=c,path=...,server=on,wait=off</c> and its like.</summary>
    public static (string Id, CharacterDevice Device) Parse(string text)
    {
        Dictionary<string, string> values = OptionText.ParseImplied(text, "backend");
        string id = Take(values, "id") ?? throw new ImageException("chardev: no id specified");
        string backend = Take(values, "backend")
            ?? throw new ImageException($"chardev: \"{id}\" missing backend");
        CharacterDevice device = backend switch
        {
            "stdio" => new CharacterDevice((EndPoint?)null),
            "socket" => new CharacterDevice(ReadSocket(values)),
            _ => throw new ImageException($"'{backend}' is not a valid char driver name"),
        };
        return values.Keys.FirstOrDefault() is { } unknown
            ? throw new ImageException($"Invalid parameter '{unknown}'")
            : (id, device);
    }

    private static EndPoint ReadSocket(Dictionary<string, string> values)
    {
        if (Take(values, "server") is not ("on" or "yes"))
        {
            throw new ImageException("chardev: a socket that connects to others is not supported: server=on is needed");
        }

        // A monitor that nobody has connected to yet stops nothing here.
        if (Take(values, "wait") is not ("off" or "no"))
        {
            throw new ImageException("chardev: waiting for the first client is not supported: wait=off is needed");
        }

        if (Take(values, "path") is { } path)
        {
            return new UnixDomainSocketEndPoint(path);
        }

        string port = Take(values, "port") ?? throw new ImageException("chardev: socket: no port given");
        return InetAddress.Resolve(Take(values, "host") ?? "", port);
    }

    private static string? Take(Dictionary<string, string> values, string name) =>
        values.Remove(name, out string? value) ? value : null;
}
