using System.CommandLine;

namespace BlockGen.Cli;

/// <summary><c>blockgen io</c>: single requests to an image, in the language of qemu-io.</summary>
internal sealed class IoCommand : ToolCommand
{
    public const string Summary = "Sends single requests to an image, in the language of qemu-io";

    private readonly Option _format;
    private readonly Option _commands;
    private readonly Option _readOnly;
    private readonly Option _copyOnRead;
    private readonly Option _noCache;
    private readonly Option _cache;
    private readonly Option _discard;
    private readonly Option _nativeAio;
    private readonly Option _aio;
    private readonly Option _trace;
    private readonly Option _snapshot;
    private readonly Option _version;
    private readonly Option _forceShare;

    public IoCommand()
        : base("io", Summary, "file")
    {
        Syntax.SpeaksAsGetopt = true;
        _format = Syntax.Value("-f", "fmt", "Format of the image; found out when not given", "--format");
        _commands = Syntax.Value("-c", "command", "Runs this command; without, commands come from the input", "--cmd");
        _readOnly = Syntax.Flag("-r", "Opens the image read-only", "--read-only");
        _snapshot = Syntax.Flag("-s", "Keeps what is written in a temporary file only", "--snapshot");
        _copyOnRead = Syntax.Flag("-C", "Keeps what reads fetch from the backing image", "--copy-on-read");
        _noCache = Syntax.Flag("-n", "Passes by the host's page cache, as -t none", "--nocache");
        _cache = Syntax.Value("-t", "cache", "none, writeback, writethrough, directsync or unsafe", "--cache");
        _discard = Syntax.Value("-d", "mode", "Taken for qemu-io's sake: discards are always passed on", "--discard");
        Syntax.Flag("-m", "Taken for qemu-io's sake: any alignment of memory does", "--misalign");
        _nativeAio = Syntax.Flag("-k", "The same as -i native", "--native-aio");
        _aio = Syntax.Value("-i", "mode", "threads, native or io_uring; all are served the same", "--aio");
        _trace = Syntax.Value("-T", "pattern", "Taken for qemu-io's sake: there are no trace events", "--trace");
        _version = Syntax.Flag("-V", "Tells the version", "--version");
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    public override async ValueTask<int> RunAsync(string[] args, ToolConsole console)
    {
        try
        {
            return await base.RunAsync(args, console);
        }
        catch (ToolException problem) when (problem.PointsAtHelp)
        {
            if (problem.Message.Length > 0)
            {
                console.Complain(problem.Message);
            }

            Syntax.WriteHelp(console.Out);
            return ExitCode.Failure;
        }
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        if (line.Has(_version))
        {
            console.Out.WriteLine(console.Name.Version);
            return ExitCode.Success;
        }

        foreach (string pattern in line.All(_trace))
        {
            TraceOption.Warn(console, pattern);
        }

        ImageOpening opening = ReadOpening(line);
        if (line.Operands.Count > 1)
        {
            throw ToolException.Usage("");
        }

        if (opening.IsOptionList && opening.Format is not null)
        {
            throw new ToolException("--image-opts and -f are mutually exclusive");
        }

        await using IoSession session = new(console, console.CatchInterruption())
        {
            Objects = opening.Objects,
        };
        if (line.Operands is [string path])
        {
            try
            {
                await session.OpenAsync(path, opening);
            }
            catch (IoProblem problem)
            {
                session.Tell(problem);
                return ExitCode.Failure;
            }
        }

        if (line.Has(_commands))
        {
            foreach (string command in line.All(_commands).TakeWhile(_ => !session.IsOver))
            {
                await session.RunAsync(command);
            }
        }
        else
        {
            await RunInputAsync(session, console);
        }

        await session.CloseAsync();
        return session.HasFailed ? ExitCode.Failure : ExitCode.Success;
    }

    private static async ValueTask RunInputAsync(IoSession session, ToolConsole console)
    {
        while (!session.IsOver)
        {
            console.Out.Write($"{console.Name.Text}> ");
            console.Out.Flush();
            if (await console.In.ReadLineAsync(session.Cancellation) is not { } command)
            {
                break;
            }

            await session.RunAsync(command);
        }
    }

    private ImageOpening ReadOpening(CommandArguments line)
    {
        string? discard = line.Last(_discard);
        if (discard is not (null or "off" or "ignore" or "on" or "unmap"))
        {
            throw new ToolException($"Invalid discard option: {discard}");
        }

        string? aio = line.Last(_aio);
        if (aio is not (null or "threads" or "native" or "io_uring"))
        {
            throw new ToolException($"Invalid aio option: {aio}");
        }

        return line.Opening with
        {
            Format = line.Last(_format),
            IsWritable = !line.Has(_readOnly),
            IsTemporary = line.Has(_snapshot),
            IgnoresLocks = line.Has(_forceShare),
            CopiesOnRead = line.Has(_copyOnRead),
            Aio = line.Has(_nativeAio) ? "native" : aio,
            Cache = line.Has(_noCache)
                ? CacheMode.None
                : CacheMode.Parse(line.Last(_cache), CacheMode.Writeback, "cache"),
        };
    }
}
