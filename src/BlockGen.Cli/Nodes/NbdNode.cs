using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BlockGen.Nbd;

namespace BlockGen.Cli;

/// <summary>The driver <c>nbd</c>: an export of another server.</summary>
internal static class NbdNode
{
    private const string Driver = "nbd";
    private const string UriOption = "uri";

    /// <summary>Connects to the export that the options describe; failures are <see cref="ImageException"/>.</summary>
    public static IStorage Open(NodeOptions options, ImageOpening opening, bool isWritable)
    {
        ImageOpening own = GenericNodeOptions.Take(options, opening);
        NbdAddress address = options.Take(UriOption) is { } uri ? Parse(uri) : ReadAddress(options);
        NbdCredentials? credentials = ReadCredentials(options, opening);
        NbdStorageOptions storage = new()
        {
            ReadOnly = !isWritable || own.IsForcedReadOnly,
            Credentials = credentials ?? OfFolder(address),
            TlsHostName = options.Take("tls-hostname"),
        };
        storage = storage with
        {
            ReconnectTime = TakeSeconds(options, "reconnect-delay") ?? storage.ReconnectTime,
            ConnectTime = TakeSeconds(options, "open-timeout") ?? storage.ConnectTime,
        };
        if (options.Take("x-dirty-bitmap") is { } bitmap)
        {
            throw new ImageException($"Bitmap '{bitmap}' cannot be read over NBD");
        }

        StorageNode.RequireNothingLeft(Driver, options);
        return Connect(address with { IsSecure = address.IsSecure || credentials is not null }, storage);
    }

    private static NbdStorage Connect(NbdAddress address, NbdStorageOptions options)
    {
        try
        {
            // Nodes are opened one after the other: there is nothing else that this thread could do.
            return Task.Run(() => NbdStorage.ConnectAsync(address, options, CancellationToken.None).AsTask())
                .GetAwaiter().GetResult();
        }
        catch (IOException failure)
        {
            string prefix = $"{address}: ";
            string message = failure.Message;
            throw new ImageException(
                message.StartsWith(prefix, StringComparison.Ordinal) ? message[prefix.Length..] : message, failure);
        }
    }

    private static NbdAddress Parse(string uri)
    {
        try
        {
            return NbdAddress.Parse(uri);
        }
        catch (FormatException)
        {
            throw new ImageException("No valid URL specified");
        }
    }

    private static NbdAddress ReadAddress(NodeOptions options)
    {
        NodeOptions server = options.TakeChild("server");
        string? type = server.TakeWord("type", "inet", "unix");
        string? path = server.Take("path") ?? options.Take("path");
        string? host = server.Take("host") ?? options.Take("host");
        string port = server.Take("port") ?? options.Take("port")
            ?? NbdAddress.DefaultPort.ToString(CultureInfo.InvariantCulture);
        if (path is not null && host is not null)
        {
            throw new ImageException("path and host may not be used at the same time");
        }

        StorageNode.RequireNothingLeft(Driver, server);
        string export = options.Take("export") ?? "";
        if (path is not null && type is not "inet")
        {
            return new NbdAddress(new UnixDomainSocketEndPoint(path), export, IsSecure: false);
        }

        if (host is null)
        {
            throw new ImageException("NBD server address missing");
        }

        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
            ? new NbdAddress(new DnsEndPoint(host, number), export, IsSecure: false)
            : throw new ImageException($"address resolution failed for {host}:{port}");
    }

    private static NbdCredentials? ReadCredentials(NodeOptions options, ImageOpening opening)
    {
        if (options.Take("tls-creds") is not { } id)
        {
            return null;
        }

        TlsCredentials found = opening.Objects.FindTlsCredentials(id)
            ?? throw new ImageException($"No TLS credentials with id '{id}'");
        return found.ForClient();
    }

    private static NbdCredentials? OfFolder(NbdAddress address)
    {
        try
        {
            return address.CertificateFolder is { } folder ? NbdCredentials.LoadClient(folder, verifiesPeer: true) : null;
        }
        catch (IOException failure)
        {
            throw new ImageException(failure.Message, failure);
        }
    }

    private static TimeSpan? TakeSeconds(NodeOptions options, string name)
    {
        if (options.Take(name) is not { } text)
        {
            return null;
        }

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw new ImageException($"Parameter '{name}' expects uint32");
    }
}
