using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace BlockGen.Monitor.Tests;

/// <summary>A storage daemon, QEMU's or ours, in a folder of its own, and a client of its monitor.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StreamReader _input;
    private readonly Stream _connection;
    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly List<JsonObject> _events = [];

    private DaemonProcess(Process process, Stream connection)
    {
        _process = process;
        _connection = connection;
        _input = new StreamReader(connection, Encoding.UTF8);
    }

    /// <summary>The events that have come, without their times.</summary>
    public IReadOnlyList<JsonObject> Events => _events;

    /// <summary>Its process.</summary>
    public Process Process => _process;

    /// <summary>QEMU's.</summary>
    public static ValueTask<DaemonProcess> StartPeerAsync(string folder, params string[] options) =>
        StartAsync("qemu-storage-daemon", [], folder, options);

    /// <summary>Ours.</summary>
    public static ValueTask<DaemonProcess> StartOursAsync(string folder, params string[] options) => StartAsync(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "BlockGen.Cli.dll"), "daemon"], folder, options);

    /// <summary>Sends a command and returns its answer, without greetings and events.</summary>
    public async Task<JsonObject> ExecuteAsync(string command)
    {
        await _connection.WriteAsync(Encoding.UTF8.GetBytes(command + "\n"), _patience.Token);
        while (true)
        {
            if (await ReadAsync() is { } answer)
            {
                return answer;
            }
        }
    }

    /// <summary>As above; the command must succeed.</summary>
    public async Task MustAsync(string command)
    {
        JsonObject answer = await ExecuteAsync(command);
        Assert.True(answer.ContainsKey("return"), $"{command}: {answer.ToJsonString()}");
    }

    /// <summary>Returns when an event has come that looks like that, counted from the last one waited for.</summary>
    public async Task WaitAsync(string pattern)
    {
        JsonObject wanted = JsonNode.Parse(pattern)!.AsObject();
        int looked = 0;
        while (true)
        {
            for (; looked < _events.Count; looked++)
            {
                if (Contains(_events[looked], wanted))
                {
                    return;
                }
            }

            if (await ReadAsync() is { } answer)
            {
                throw new InvalidDataException($"an answer nobody waits for: {answer.ToJsonString()}");
            }
        }
    }

    /// <summary>Reads the events until the daemon has ended; what it complained of.</summary>
    public async Task<string> WaitForExitAsync()
    {
        try
        {
            while (await ReadAsync() is null)
            {
            }
        }
        catch (IOException)
        {
            // It has ended, as it should; the end of line after the last command is not read any more.
        }

        await _process.WaitForExitAsync(_patience.Token);
        string complaints = await _process.StandardError.ReadToEndAsync(_patience.Token);
        return _process.ExitCode == 0 ? complaints : $"exit code {_process.ExitCode}: {complaints}";
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _patience.Dispose();
    }

    private static async ValueTask<DaemonProcess> StartAsync(
        string program, string[] first, string folder, string[] options)
    {
        string socketPath = Path.Combine(folder, "qmp.sock");
        string processFile = Path.Combine(folder, "pid");
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string argument in (string[])
            [.. first, .. options, "--chardev", "socket,id=c,path=qmp.sock,server=on,wait=off", "--monitor", "chardev=c",
                "--pidfile", "pid"])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        using CancellationTokenSource patience = new(Patience);
        while (!File.Exists(processFile))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException(
                    $"{program}: {await process.StandardError.ReadToEndAsync(patience.Token)}");
            }

            await Task.Delay(5, patience.Token);
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), patience.Token);
        return new DaemonProcess(process, new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>The next answer; null for an event or the greeting.</summary>
    private async Task<JsonObject?> ReadAsync()
    {
        string line = await _input.ReadLineAsync(_patience.Token) ?? throw new EndOfStreamException();
        JsonObject message = JsonNode.Parse(line)!.AsObject();
        if (message.ContainsKey("QMP"))
        {
            return null;
        }

        if (!message.ContainsKey("event"))
        {
            return message;
        }

        Assert.True(message.Remove("timestamp"));
        _events.Add(message);
        return null;
    }

    private static bool Contains(JsonObject whole, JsonObject part) => part.All(member =>
        whole[member.Key] is { } value && (member.Value is JsonObject inner && value is JsonObject outer
            ? Contains(outer, inner)
            : JsonNode.DeepEquals(value, member.Value)));
}
