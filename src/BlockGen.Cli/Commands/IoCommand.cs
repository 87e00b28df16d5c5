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
    private readonly Option _forceShare;

    public IoCommand()
        : base("io", Summary, "file")
    {
        _format = Syntax.Value("-f", "fmt", "Format of the image; found out when not given", "--format");
        _commands = Syntax.Value("-c", "command", "Runs this command; without, commands come from the input", "--cmd");
        _readOnly = Syntax.Flag("-r", "Opens the image read-only", "--read-only");
        _copyOnRead = Syntax.Flag("-C", "Keeps what reads fetch from the backing image", "--copy-on-read");
        _noCache = Syntax.Flag("-n", "Passes by the host's page cache, as -t none", "--nocache");
        _cache = Syntax.Value("-t", "cache", "none, writeback, writethrough, directsync or unsafe", "--cache");
        _discard = Syntax.Value("-d", "mode", "Taken for qemu-io's sake: discards are always passed on", "--discard");
        _forceShare = Syntax.ForceShare();
        Syntax.RefuseObjects();
        Syntax.Refuse("-s", "--snapshot", "-m", "--misalign", "-k", "--native-aio", "-i", "--aio", "-T", "--trace");
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        if (line.Operands.Count > 1)
        {
            throw ToolException.Usage("Expecting one image file name");
        }

        await using IoSession session = new(console, console.CatchInterruption());
        if (line.Operands is [string path])
        {
            try
            {
                await session.OpenAsync(path, ReadOpening(line));
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
            console.Out.Write($"{Tool.Name}> ");
            console.Out.Flush();
            if (await console.In.ReadLineAsync(session.Cancellation) is not { } command)
            {
                break;
            }

            await session.RunAsync(command);
        }
    }

    private ImageOpening ReadOpening(CommandArguments line) => new()
    {
        Format = line.Last(_format),
        IsWritable = !line.Has(_readOnly),
        IgnoresLocks = line.Has(_forceShare),
        CopiesOnRead = line.Has(_copyOnRead),
        Cache = line.Has(_noCache)
            ? CacheMode.None
            : CacheMode.Parse(line.Last(_cache), CacheMode.Writeback, "cache"),
    };
}
