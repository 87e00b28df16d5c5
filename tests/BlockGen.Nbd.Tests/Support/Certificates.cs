namespace BlockGen.Nbd.Tests;

/// <summary>Certificates as QEMU's tls-creds-x509 wants them in a folder.</summary>
internal static class Certificates
{
    /// <summary>An authority, and a certificate of it for each end, for <c>localhost</c>.</summary>
    public static async Task<string> MakeAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await OpenSslAsync(
            folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=authority",
            "-keyout", "ca-key.pem", "-out", "ca-cert.pem");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        foreach (string end in new[] { "server", "client" })
        {
            await OpenSslAsync(
                folder, "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
                "-keyout", $"{end}-key.pem", "-out", $"{end}.csr");
            await OpenSslAsync(
                folder, "x509", "-req", "-in", $"{end}.csr", "-CA", "ca-cert.pem", "-CAkey", "ca-key.pem",
                "-CAcreateserial", "-days", "30", "-out", $"{end}-cert.pem", "-extfile", "names");
        }

        return folder;
    }

    private static Task<string> OpenSslAsync(string folder, params string[] args) =>
        Peer.MustAsync("sh", ["-c", "cd \"$1\" && shift && exec openssl \"$@\"", "sh", folder, .. args]);
}
