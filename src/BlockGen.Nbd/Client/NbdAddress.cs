using System.Net;
using System.Net.Sockets;

namespace BlockGen.Nbd;

/// <summary>Where an export is.</summary>
/// <param name="EndPoint">Its server: a Unix socket, an address, or a host's name with a port.</param>
/// <param name="Export">Its name there; empty for the default one.</param>
/// <param name="IsSecure">Whether TLS is a must.</param>
public sealed record NbdAddress(EndPoint EndPoint, string Export, bool IsSecure)
{
    /// <summary>The port of servers that say nothing else.</summary>
    public const int DefaultPort = 10809;

    /// <summary>The folder of certificates that a URI names; none when null.</summary>
    public string? CertificateFolder { get; init; }

    /// <summary>The name that the server's certificate is for; null for Unix sockets.</summary>
    public string? HostName => EndPoint switch
    {
        DnsEndPoint named => named.Host,
        IPEndPoint numbered => numbered.Address.ToString(),
        _ => null,
    };

    /// <summary>Whether a name is one of those that <see cref="Parse"/> reads.</summary>
    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith("nbd:", StringComparison.Ordinal) || text.StartsWith("nbd+", StringComparison.Ordinal)
            || text.StartsWith("nbds:", StringComparison.Ordinal) || text.StartsWith("nbds+", StringComparison.Ordinal);
    }

    /// <summary>
    /// Reads <c>nbd://host:port/export</c>, <c>nbds://…</c>, <c>nbd+unix:///export?socket=path</c>, <c>nbds+unix://…</c>,
    /// and QEMU's older <c>nbd:host:port:exportname=name</c> and <c>nbd:unix:path:exportname=name</c>.
    /// </summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static NbdAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 0 ? "" : text[..colon];
        string rest = colon < 0 ? "" : text[(colon + 1)..];
        return rest.StartsWith("//", StringComparison.Ordinal)
            ? ParseUri(text, scheme, rest[2..])
            : scheme == "nbd" ? ParseOld(text, rest) : throw Invalid(text, "no such scheme");
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string scheme = IsSecure ? "nbds" : "nbd";
        string path = Export.Length > 0 ? $"/{Uri.EscapeDataString(Export)}" : "";
        return EndPoint switch
        {
            UnixDomainSocketEndPoint => $"{scheme}+unix://{path}?socket={EndPoint}",
            DnsEndPoint named => $"{scheme}://{named.Host}:{named.Port}{path}",
            _ => $"{scheme}://{EndPoint}{path}",
        };
    }

    private static NbdAddress ParseUri(string text, string scheme, string rest)
    {
        string[] parts = rest.Split('?', 2);
        Dictionary<string, string> query = ParseQuery(parts.Length > 1 ? parts[1] : "");
        int slash = parts[0].IndexOf('/', StringComparison.Ordinal);
        string authority = slash < 0 ? parts[0] : parts[0][..slash];
        string export = slash < 0 ? "" : Uri.UnescapeDataString(parts[0][(slash + 1)..]);
        bool isSecure = scheme.StartsWith("nbds", StringComparison.Ordinal);
        EndPoint endPoint = scheme switch
        {
            "nbd+unix" or "nbds+unix" when authority.Length > 0 => throw Invalid(text, "a Unix socket has no host"),
            "nbd+unix" or "nbds+unix" => query.GetValueOrDefault("socket") is { Length: > 0 } path
                ? new UnixDomainSocketEndPoint(path)
                : throw Invalid(text, "it names no socket"),
            "nbd" or "nbds" or "nbd+tcp" or "nbds+tcp" => ParseHost(text, authority),
            _ => throw Invalid(text, "no such scheme"),
        };
        return new NbdAddress(endPoint, export, isSecure)
        {
            CertificateFolder = query.GetValueOrDefault("tls-certificates"),
        };
    }

    private static NbdAddress ParseOld(string text, string rest)
    {
        const string ExportMark = ":exportname=";
        const string UnixMark = "unix:";
        int at = rest.IndexOf(ExportMark, StringComparison.Ordinal);
        string export = at < 0 ? "" : rest[(at + ExportMark.Length)..];
        string server = at < 0 ? rest : rest[..at];
        return server.StartsWith(UnixMark, StringComparison.Ordinal)
            ? new NbdAddress(new UnixDomainSocketEndPoint(server[UnixMark.Length..]), export, IsSecure: false)
            : new NbdAddress(ParseHost(text, server), export, IsSecure: false);
    }

    private static EndPoint ParseHost(string text, string authority)
    {
        int colon = authority.LastIndexOf(':');
        bool hasPort = colon >= 0 && !authority.EndsWith(']');
        string host = (hasPort ? authority[..colon] : authority).Trim('[', ']');
        ushort port = DefaultPort;
        if (hasPort && !ushort.TryParse(authority[(colon + 1)..], out port))
        {
            throw Invalid(text, $"'{authority[(colon + 1)..]}' is no port");
        }

        host = host.Length == 0 ? "localhost" : host;
        return IPAddress.TryParse(host, out IPAddress? address)
            ? new IPEndPoint(address, port)
            : new DnsEndPoint(host, port);
    }

    private static Dictionary<string, string> ParseQuery(string text)
    {
        Dictionary<string, string> values = [];
        foreach (string part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] nameAndValue = part.Split('=', 2);
            values[nameAndValue[0]] = nameAndValue.Length > 1 ? Uri.UnescapeDataString(nameAndValue[1]) : "";
        }

        return values;
    }

    private static FormatException Invalid(string text, string problem) => new($"'{text}' is no NBD address: {problem}");
}
