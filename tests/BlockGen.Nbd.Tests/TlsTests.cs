using System.Net;

namespace BlockGen.Nbd.Tests;

/// <summary>TLS with real clients and servers, and with our own.</summary>
public sealed class TlsTests : IDisposable
{
    private const int DiskBytes = 4 << 20;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Real_clients_read_and_write_through_tls()
    {
        string certificates = await Certificates.MakeAsync(_folder["pki"]);
        await using ServedImage served = await ServeAsync(certificates, verifiesPeer: true);
        string port = $"{((IPEndPoint)served.Server.EndPoint).Port}";
        string output = await Peer.MustAsync(
            "qemu-io",
            "--object", $"tls-creds-x509,id=t,endpoint=client,dir={certificates}",
            "-c", "write -P 1 0 2M", "-c", "read -P 1 1M 1M", "-c", "write -P 2 1000 3000", "-c", "read -P 2 1000 3000",
            "--image-opts", $"driver=nbd,server.type=inet,server.host=localhost,server.port={port},tls-creds=t");
        Assert.DoesNotContain("verification failed", output, StringComparison.Ordinal);
        string uri = $"nbds://localhost:{port}/?tls-certificates={certificates}";
        string info = await Peer.MustAsync("nbdinfo", uri);
        Assert.Contains("with TLS", info, StringComparison.Ordinal);
        (int exitCode, string inPlain, _) = await Peer.RunAsync("nbdinfo", $"nbd://localhost:{port}/");
        Assert.NotEqual(0, exitCode);
        Assert.DoesNotContain("export", inPlain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_client_goes_through_tls()
    {
        string certificates = await Certificates.MakeAsync(_folder["pki"]);
        await using ServedImage served = await ServeAsync(certificates, verifiesPeer: true);
        int port = ((IPEndPoint)served.Server.EndPoint).Port;
        NbdAddress address = new(new DnsEndPoint("localhost", port), "", IsSecure: true);
        NbdStorageOptions options = new() { Credentials = NbdCredentials.LoadClient(certificates, verifiesPeer: true) };
        await using (NbdStorage storage = await NbdStorage.ConnectAsync(address, options, CancellationToken.None))
        {
            await StorageModel.CheckAsync(storage, DiskBytes, seed: 4, requestCount: 100);
        }

        string others = await Certificates.MakeAsync(_folder["others"]);
        NbdStorageOptions strangers = new() { Credentials = NbdCredentials.LoadClient(others, verifiesPeer: true) };
        await Assert.ThrowsAsync<IOException>(
            () => NbdStorage.ConnectAsync(address, strangers, CancellationToken.None).AsTask());
        await Assert.ThrowsAsync<IOException>(() => NbdStorage.ConnectAsync(
            address with { IsSecure = false }, new NbdStorageOptions(), CancellationToken.None).AsTask());
    }

    private Task<ServedImage> ServeAsync(string certificates, bool verifiesPeer) => ServedImage.CreateAsync(
        _folder["disk"],
        DiskBytes,
        configure: options => options with
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Credentials = NbdCredentials.LoadServer(certificates, verifiesPeer),
        });
}
