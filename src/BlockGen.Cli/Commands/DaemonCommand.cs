using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using BlockGen.Monitor;

namespace BlockGen.Cli;

/// <summary><c>blockgen daemon</c>: opens, copies and exports images at its clients' command, as qemu-storage-daemon.</summary>
internal sealed class DaemonCommand : ToolCommand
{
    public const string Summary = "Opens, copies and exports images at its clients' command";

    private const int ProtocolMajor = 7;
    private const int ProtocolMinor = 2;

    private readonly Option _nodes;
    private readonly Option _characterDevices;
    private readonly Option _monitors;
    private readonly Option _nbdServer;
    private readonly Option _exports;
    private readonly Option _processFile;
    private readonly Option _daemonize;
    private readonly Option _version;
    private readonly Option _trace;

    public DaemonCommand()
        : base("daemon", Summary, "")
    {
        Syntax.SpeaksAsGetopt = true;
        _nodes = Syntax.Value("--blockdev", "options", "Opens a node: driver=qcow2,node-name=a,file.driver=file,file.filename=f");
        _characterDevices = Syntax.Value(
            "--chardev", "options", "Names a place for a monitor: socket,id=c,path=p,server=on,wait=off or stdio,id=c");
        _monitors = Syntax.Value("--monitor", "options", "Answers clients of the machine protocol: chardev=c[,pretty=on]");
        _nbdServer = Syntax.Value(
            "--nbd-server", "options", "Starts the NBD server: addr.type=unix,addr.path=p or addr.type=inet,addr.host=h,addr.port=n");
        _exports = Syntax.Value("--export", "options", "Exports a node: nbd,id=e,node-name=a[,name=n][,writable=on]");
        _processFile = Syntax.Value("--pidfile", "path", "Writes the number of the process to a file once it serves");
        _daemonize = Syntax.Flag("--daemonize", "Ends when the daemon serves, which goes on in the background");
        _version = Syntax.Flag("--version", "Prints the version", "-V");
        _trace = Syntax.Value("--trace", "pattern", "Ignored, with a warning: there are no trace points", "-T");
        Syntax.AcceptObjects(withImageOptions: false);
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        if (line.Operands is [string operand, ..])
        {
            throw new ToolException($"{operand}: Unexpected argument");
        }

        if (line.Has(_version))
        {
            console.Out.WriteLine(console.Name.Version);
            return ExitCode.Success;
        }

        foreach (string pattern in line.All(_trace))
        {
            TraceOption.Warn(console, pattern);
        }

        if (line.Has(_daemonize) && !BackgroundProcess.IsThis)
        {
            return BackgroundProcess.Start();
        }

        return await ServeAsync(line, console);
    }

    private async ValueTask<int> ServeAsync(CommandArguments line, ToolConsole console)
    {
        SocketCompletions.StayOnTheirThread();
        CancellationToken interruption = console.CatchInterruption();
        StorageDaemon daemon = new(
            ImageFiles.Formats,
            new StorageOpener(line.Opening.Objects),
            new DaemonVersion(ProtocolMajor, ProtocolMinor, $"blockgen {ToolVersion.Text}"));
        List<MonitorListener> listeners = [];
        try
        {
            Task standardMonitor = await StartAsync(line, daemon, listeners, interruption);
            string? processFile = line.Last(_processFile);
            if (processFile is not null)
            {
                WriteProcessFile(processFile);
            }

            if (line.Has(_daemonize))
            {
                BackgroundProcess.TellReady(console.Out);
            }

            await daemon.QuitRequested.WaitAsync(interruption).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await daemon.DisposeAsync();
            if (daemon.QuitRequested.IsCompletedSuccessfully && !interruption.IsCancellationRequested)
            {
                await standardMonitor;
            }

            if (processFile is not null)
            {
                File.Delete(processFile);
            }

            return ExitCode.Success;
        }
        finally
        {
            await daemon.DisposeAsync();
            foreach (MonitorListener listener in listeners)
            {
                await listener.DisposeAsync();
            }
        }
    }

    /// <summary>Does what the options say; the monitor at the standard streams, if there is one.</summary>
    private async ValueTask<Task> StartAsync(
        CommandArguments line, StorageDaemon daemon, List<MonitorListener> listeners, CancellationToken interruption)
    {
        Dictionary<string, CharacterDevice> devices = [];
        ForEach(line, _characterDevices, text =>
        {
            (string id, CharacterDevice device) = CharacterDevice.Parse(text);
            devices[id] = device;
        });
        await ForEachAsync(line, _nodes, text =>
            daemon.ExecuteAsync("blockdev-add", DaemonPlan.ReadOptions(text, "driver"), interruption));
        await ForEachAsync(line, _nbdServer, text =>
        {
            (EndPoint endPoint, int mostConnections, string? credentials) = DaemonPlan.ReadNbdServer(text);
            return daemon.StartNbdServerAsync(endPoint, mostConnections, credentials, interruption);
        });
        await ForEachAsync(line, _exports, text =>
            daemon.ExecuteAsync("block-export-add", DaemonPlan.ReadOptions(text, "type"), interruption));
        Task standardMonitor = Task.CompletedTask;
        ForEach(line, _monitors, text =>
        {
            JsonObject options = DaemonPlan.ReadOptions(text, "chardev");
            string name = options["chardev"]?.ToString() ?? throw new ImageException("Parameter 'chardev' is missing");
            CharacterDevice device = devices.GetValueOrDefault(name)
                ?? throw new ImageException($"chardev \"{name}\" not found");
            bool isIndented = options["pretty"]?.ToString() is "on" or "true";
            if (device.EndPoint is { } endPoint)
            {
                listeners.Add(new MonitorListener(daemon, endPoint, isIndented));
            }
            else
            {
                standardMonitor = daemon.ServeAsync(new StandardConnection(), isIndented, interruption);
            }
        });
        return standardMonitor;
    }

    private static void ForEach(CommandArguments line, Option option, Action<string> act)
    {
        foreach (string text in line.All(option))
        {
            try
            {
                act(text);
            }
            catch (Exception failure) when (ImageFiles.IsImageFailure(failure))
            {
                throw Refusal(option, text, failure);
            }
        }
    }

    private static async ValueTask ForEachAsync(CommandArguments line, Option option, Func<string, ValueTask> act)
    {
        foreach (string text in line.All(option))
        {
            try
            {
                await act(text);
            }
            catch (Exception failure) when (ImageFiles.IsImageFailure(failure))
            {
                throw Refusal(option, text, failure);
            }
        }
    }

    private static ToolException Refusal(Option option, string text, Exception failure) =>
        new($"{option.Name} {text}: {failure.Message}");

    private static void WriteProcessFile(string path)
    {
        try
        {
            File.WriteAllText(path, $"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}\n");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string reason = failure is DirectoryNotFoundException ? "No such file or directory" : failure.Message;
            throw new ToolException($"cannot create PID file: Could not create '{path}': {reason}");
        }
    }
}
