using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BlockGen.Nbd;

/// <summary>
/// Certificates in a folder, as QEMU's <c>tls-creds-x509</c> lays it out: <c>ca-cert.pem</c> and, for this end,
/// <c>server-cert.pem</c> with <c>server-key.pem</c> or <c>client-cert.pem</c> with <c>client-key.pem</c>.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class NbdCredentials
{
    private const string AuthorityFile = "ca-cert.pem";

    private readonly X509Certificate2Collection _authorities;
    private readonly X509Certificate2? _own;
    private readonly bool _verifiesPeer;

    private NbdCredentials(X509Certificate2Collection authorities, X509Certificate2? own, bool verifiesPeer)
    {
        _authorities = authorities;
        _own = own;
        _verifiesPeer = verifiesPeer;
    }

    /// <summary>Reads a server's certificates.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="verifiesPeer">Whether clients must show a certificate of the same authority.</param>
    /// <exception cref="IOException">A file is missing or is no certificate.</exception>
    public static NbdCredentials LoadServer(string folder, bool verifiesPeer)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        X509Certificate2 own = ReadPair(folder, "server")
            ?? throw new FileNotFoundException(
                $"Unable to access credentials {folder}/server-cert.pem: No such file or directory");
        return new NbdCredentials(ReadAuthorities(folder), own, verifiesPeer);
    }

    /// <summary>Reads a client's certificates; one of its own is optional.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="verifiesPeer">Whether the server must show a certificate of the authority.</param>
    /// <exception cref="IOException">A file is missing or is no certificate.</exception>
    public static NbdCredentials LoadClient(string folder, bool verifiesPeer)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new NbdCredentials(ReadAuthorities(folder), ReadPair(folder, "client"), verifiesPeer);
    }

    internal SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificate = _own,
        ClientCertificateRequired = _verifiesPeer,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = MakePolicy(),
        RemoteCertificateValidationCallback = (_, _, _, errors) => !_verifiesPeer || errors == SslPolicyErrors.None,
    };

    /// <summary>How a client goes over to TLS.</summary>
    /// <param name="hostName">What the server's certificate must be for; any name will do when null.</param>
    private SslClientAuthenticationOptions ClientOptions(string? hostName) => new()
    {
        TargetHost = hostName ?? "",
        ClientCertificates = _own is null ? null : [_own],
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = MakePolicy(),
        RemoteCertificateValidationCallback = (_, _, _, errors) => !_verifiesPeer || errors == SslPolicyErrors.None
            || (hostName is null && errors == SslPolicyErrors.RemoteCertificateNameMismatch),
    };

    /// <summary>How a client goes over to TLS with these certificates, or with those of the system.</summary>
    internal static SslClientAuthenticationOptions OptionsOf(NbdCredentials? credentials, string? hostName) =>
        credentials?.ClientOptions(hostName) ?? new SslClientAuthenticationOptions
        {
            TargetHost = hostName ?? "",
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };

    private static X509Certificate2Collection ReadAuthorities(string folder)
    {
        string path = Path.Combine(folder, AuthorityFile);
        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (CryptographicException failure)
        {
            throw new IOException($"Unable to import CA certificate from {path}: {failure.Message}", failure);
        }
        catch (FileNotFoundException failure)
        {
            throw new FileNotFoundException($"Unable to access credentials {path}: No such file or directory", failure);
        }

        return authorities.Count > 0
            ? authorities
            : throw new IOException($"Unable to import CA certificate from {path}: it holds no certificate");
    }

    private static X509Certificate2? ReadPair(string folder, string end)
    {
        string certificate = Path.Combine(folder, $"{end}-cert.pem");
        string key = Path.Combine(folder, $"{end}-key.pem");
        if (!File.Exists(certificate))
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new IOException($"Unable to load {certificate} with its key {key}: {failure.Message}", failure);
        }
    }

    private X509ChainPolicy MakePolicy()
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }
}
