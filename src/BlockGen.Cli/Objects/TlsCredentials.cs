using BlockGen.Nbd;

namespace BlockGen.Cli;

/// <summary>Certificates that an object declares: <c>tls-creds-x509</c>. They are read when they are used.</summary>
internal sealed class TlsCredentials
{
    private readonly string _folder;
    private readonly bool _isServer;
    private readonly bool _verifiesPeer;

    private TlsCredentials(string folder, bool isServer, bool verifiesPeer)
    {
        _folder = folder;
        _isServer = isServer;
        _verifiesPeer = verifiesPeer;
    }

    /// <summary>Reads the properties; what is wrong with one is an <see cref="OptionException"/>.</summary>
    public static TlsCredentials Read(Dictionary<string, string> values)
    {
        string folder = Take("dir") ?? throw new OptionException("Parameter 'dir' is missing");
        string endpoint = Take("endpoint") ?? "client";
        if (endpoint is not ("client" or "server"))
        {
            throw new OptionException($"Parameter 'endpoint' does not accept value '{endpoint}'");
        }

        bool verifiesPeer = Take("verify-peer") switch
        {
            null or "on" or "yes" or "true" or "y" => true,
            "off" or "no" or "false" or "n" => false,
            _ => throw new OptionException("Parameter 'verify-peer' expects 'on' or 'off'"),
        };
        Take("sanity-check");
        if (values.Keys.FirstOrDefault() is { } unknown)
        {
            throw new OptionException($"Property 'tls-creds-x509.{unknown}' not found");
        }

        return new TlsCredentials(folder, endpoint == "server", verifiesPeer);

        string? Take(string name) => values.Remove(name, out string? value) ? value : null;
    }

    /// <summary>The certificates of a server; failures are <see cref="ImageException"/>.</summary>
    public NbdCredentials ForServer() => _isServer
        ? Load(() => NbdCredentials.LoadServer(_folder, _verifiesPeer))
        : throw new ImageException("Expecting TLS credentials with a server endpoint");

    /// <summary>The certificates of a client; failures are <see cref="ImageException"/>.</summary>
    public NbdCredentials ForClient() => _isServer
        ? throw new ImageException("Expecting TLS credentials with a client endpoint")
        : Load(() => NbdCredentials.LoadClient(_folder, _verifiesPeer));

    private static NbdCredentials Load(Func<NbdCredentials> load)
    {
        try
        {
            return load();
        }
        catch (IOException failure)
        {
            throw new ImageException(failure.Message, failure);
        }
    }
}
