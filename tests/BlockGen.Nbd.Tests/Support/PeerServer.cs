using System.Diagnostics;

namespace BlockGen.Nbd.Tests;

/// <summary>Somebody else's server at a Unix socket, until it is disposed of.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    // nbdkit ends with the thread that starts it, until it is in the background: a thread of ours may end at any time.
    private const string StartNbdkit = "nbdkit \"$@\"; exit $?";

    private readonly TestFolder _folder = new();
    private readonly string _program;
    private readonly string[] _args;

    private PeerServer(string program, string[] args)
    {
        _program = program;
        _args = args;
    }

    public string Socket => _folder["s"];

    public string Uri => $"nbd+unix://?socket={Socket}";

    public NbdAddress Address => NbdAddress.Parse(Uri);

    /// <summary>Starts nbdkit with a plug-in or a filter and their parameters.</summary>
    public static Task<PeerServer> NbdkitAsync(params string[] args) => StartAsync("nbdkit", args);

    /// <summary>Starts qemu-nbd for an image.</summary>
    public static Task<PeerServer> QemuNbdAsync(string format, string path, params string[] args) =>
        StartAsync("qemu-nbd", ["-t", "-e", "8", "-f", format, .. args, path]);

    /// <summary>Ends the server, without its consent.</summary>
    public void Kill()
    {
        using Process process = Process.GetProcessById(int.Parse(File.ReadAllText(PidFile).Trim()));
        process.Kill();
        process.WaitForExit();
        File.Delete(Socket);
    }

    /// <summary>Starts it: both kinds go into the background when they listen.</summary>
    public Task RestartAsync() => _program == "nbdkit"
        ? Peer.MustAsync("sh", ["-c", StartNbdkit, "sh", "-P", PidFile, "-U", Socket, .. _args])
        : Peer.MustAsync("qemu-nbd", ["--fork", "--pid-file", PidFile, "-k", Socket, .. _args]);

    public ValueTask DisposeAsync()
    {
        try
        {
            Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or FileNotFoundException)
        {
            // The test has ended it.
        }

        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string PidFile => _folder["pid"];

    private static async Task<PeerServer> StartAsync(string program, string[] args)
    {
        PeerServer server = new(program, args);
        await server.RestartAsync();
        return server;
    }
}
