using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BlockGen.Cli;

/// <summary>The options of <c>blockgen nbd</c>.</summary>
internal sealed class NbdSyntax
{
    private const int DefaultPort = 10809;

    private readonly Option _port;
    private readonly Option _bind;
    private readonly Option _socket;
    private readonly Option _shared;
    private readonly Option _persistent;
    private readonly Option _verbose;
    private readonly Option _name;
    private readonly Option _description;
    private readonly Option _offset;
    private readonly Option _allocationDepth;
    private readonly Option _bitmap;
    private readonly Option _tlsCredentials;
    private readonly Option _fork;
    private readonly Option _pidFile;
    private readonly Option _format;
    private readonly Option _readOnly;
    private readonly Option _snapshot;
    private readonly Option _loadSnapshot;
    private readonly Option _noCache;
    private readonly Option _cache;
    private readonly Option _aio;
    private readonly Option _discard;
    private readonly Option _detectZeroes;

    public NbdSyntax(CommandSyntax syntax)
    {
        _port = syntax.Value("-p", "port", "TCP port to listen on; 10809 when not given", "--port");
        _bind = syntax.Value("-b", "address", "Address to listen on; 0.0.0.0 when not given", "--bind");
        _socket = syntax.Value("-k", "path", "Unix socket to listen on instead", "--socket");
        _shared = syntax.Value("-e", "count", "Most clients at once; 1 when not given, any number when 0", "--shared");
        _persistent = syntax.Flag("-t", "Goes on when the last client has left", "--persistent");
        _verbose = syntax.Flag("-v", "Tells why connections end", "--verbose");
        _name = syntax.Value("-x", "name", "Name of the export; empty when not given", "--export-name");
        _description = syntax.Value("-D", "text", "What a person is told of the export", "--description");
        _offset = syntax.Value("-o", "offset", "Byte of the disk that is the export's first", "--offset");
        _allocationDepth = syntax.Flag("-A", "Tells which layer stores what", "--allocation-depth");
        _bitmap = syntax.Value("-B", "name", "Refused: no format has bitmaps that are kept up", "--bitmap");
        List = syntax.Flag("-L", "Lists what another server offers", "--list");
        syntax.AcceptObjects();
        _tlsCredentials = syntax.Value("--tls-creds", "id", "Certificates, by the id of their --object");
        Trace = syntax.Value("-T", "pattern", "Taken for qemu-nbd's sake: there are no trace events", "--trace");
        Version = syntax.Flag("-V", "Tells the version", "--version");
        _fork = syntax.Flag("--fork", "Ends when the server is running, in the background");
        _pidFile = syntax.Value("--pid-file", "path", "Where the server's process number is written");
        _format = syntax.Value("-f", "fmt", "Format of the image; found out when not given", "--format");
        _readOnly = syntax.Flag("-r", "Lets clients change nothing", "--read-only");
        _snapshot = syntax.Flag("-s", "Keeps changes in a temporary overlay", "--snapshot");
        _loadSnapshot = syntax.Value(
            "-l", "snapshot", "Refused: snapshots inside images are not read", "--load-snapshot");
        _noCache = syntax.Flag("-n", "Passes by the host's page cache, as --cache=none", "--nocache");
        _cache = syntax.Value("--cache", "mode", "none, writeback, writethrough, directsync or unsafe");
        _aio = syntax.Value("--aio", "mode", "threads, native or io_uring; all are served the same");
        _discard = syntax.Value("--discard", "mode", "ignore or unmap: what becomes of trims; unmap when not given");
        _detectZeroes = syntax.Value("--detect-zeroes", "mode", "off, on or unmap: how zeroes are stored");
        syntax.Refuse(
            "-c", "--connect", "-d", "--disconnect", "--tls-authz", "--selinux-label");
    }

    public Option List { get; }

    public Option Trace { get; }

    public Option Version { get; }

    /// <summary>What a command line with one operand asks for; failures are <see cref="ToolException"/>.</summary>
    public NbdPlan Read(CommandArguments line)
    {
        CheckModes(line);
        RefuseWhatIsMissing(line);
        CacheMode cache = line.Has(_noCache) ? CacheMode.None : ReadCache(line);
        string? format = line.Last(_format);
        if (line.Opening.IsOptionList && format is not null)
        {
            throw new ToolException("--image-opts and -f are mutually exclusive");
        }

        return new NbdPlan
        {
            Path = line.Operands[0],
            EndPoint = ReadEndPoint(line),
            ExportName = line.Last(_name) ?? "",
            Description = line.Last(_description),
            Offset = ReadOffset(line),
            MostConnections = ReadShared(line),
            IsPersistent = line.Has(_persistent),
            IsVerbose = line.Has(_verbose),
            IsInBackground = line.Has(_fork),
            IsReadOnly = line.Has(_readOnly),
            HasAllocationDepth = line.Has(_allocationDepth),
            Discards = line.Last(_discard) is not ("ignore" or "off"),
            DetectsZeroes = line.Last(_detectZeroes) is "on" or "unmap",
            PidFile = line.Last(_pidFile),
            Credentials = ReadCredentials(line),
            Opening = line.Opening with
            {
                Format = format,
                IsWritable = !line.Has(_readOnly),
                IsTemporary = line.Has(_snapshot),
                Cache = cache,
                Aio = line.Last(_aio),
            },
        };
    }

    /// <summary>Where the server is, or is to be.</summary>
    public EndPoint ReadEndPoint(CommandArguments line)
    {
        if (line.Last(_socket) is { } path)
        {
            return path is ['/', ..]
                ? new UnixDomainSocketEndPoint(path)
                : throw new ToolException("socket path must be absolute");
        }

        string host = line.Last(_bind) ?? "0.0.0.0";
        string port = line.Last(_port) ?? DefaultPort.ToString(CultureInfo.InvariantCulture);
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            throw new ToolException(
                $"address resolution failed for {host}:{port}: Servname not supported for ai_socktype");
        }

        return IPAddress.TryParse(host, out IPAddress? address)
            ? new IPEndPoint(address, number)
            : new IPEndPoint(Resolve(host, port), number);
    }

    /// <summary>The certificates that are named; none when null.</summary>
    public TlsCredentials? ReadCredentials(CommandArguments line) => line.Last(_tlsCredentials) is { } id
        ? line.Opening.Objects.FindTlsCredentials(id)
            ?? throw new ToolException($"Failed to get TLS creds: No TLS credentials with id '{id}'")
        : null;

    private static IPAddress Resolve(string host, string port)
    {
        try
        {
            return Dns.GetHostAddresses(host)[0];
        }
        catch (SocketException failure)
        {
            throw new ToolException($"address resolution failed for {host}:{port}: {failure.Message}");
        }
    }

    private void CheckModes(CommandArguments line)
    {
        if (line.Last(_discard) is { } discard && discard is not ("ignore" or "off" or "unmap" or "on"))
        {
            throw new ToolException($"Invalid discard mode `{discard}'");
        }

        if (line.Last(_aio) is { } aio && aio is not ("threads" or "native" or "io_uring"))
        {
            throw new ToolException($"Invalid aio mode '{aio}'");
        }

        if (line.Last(_detectZeroes) is { } zeroes)
        {
            if (zeroes is not ("off" or "on" or "unmap"))
            {
                throw new ToolException($"Failed to parse detect_zeroes mode: invalid parameter value: {zeroes}");
            }

            if (zeroes == "unmap" && line.Last(_discard) is not ("unmap" or "on"))
            {
                throw new ToolException(
                    "setting detect-zeroes to unmap is not allowed without setting discard operation to unmap");
            }
        }
    }

    private CacheMode ReadCache(CommandArguments line) => line.Last(_cache) is { } name
        ? CacheMode.Find(name) ?? throw new ToolException($"Invalid cache mode `{name}'")
        : CacheMode.Writeback;

    private ulong ReadOffset(CommandArguments line)
    {
        string text = line.Last(_offset) ?? "0";
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong offset)
            ? offset
            : throw new ToolException($"Invalid offset '{text}'");
    }

    private int ReadShared(CommandArguments line)
    {
        string text = line.Last(_shared) ?? "1";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw new ToolException($"Invalid shared device number '{text}'");
    }

    private void RefuseWhatIsMissing(CommandArguments line)
    {
        if (line.Last(_bitmap) is { } bitmap)
        {
            throw new ToolException($"Bitmap '{bitmap}' is not found");
        }

        if (line.Has(_loadSnapshot))
        {
            throw new ToolException(
                $"Failed to load snapshot: Block format '{line.Last(_format) ?? "probed"}' used by device '' does not "
                + "support temporarily loading internal snapshots");
        }
    }
}
