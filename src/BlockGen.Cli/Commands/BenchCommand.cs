using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace BlockGen.Cli;

/// <summary><c>blockgen bench</c>: how long an image takes for many requests of one kind.</summary>
internal sealed class BenchCommand : ToolCommand
{
    public const string Summary = "Sends many requests of one kind to an image and tells how long they take";

    private readonly Option _count;
    private readonly Option _depth;
    private readonly Option _format;
    private readonly Option _flushInterval;
    private readonly Option _aio;
    private readonly Option _nativeAio;
    private readonly Option _noDrain;
    private readonly Option _offset;
    private readonly Option _pattern;
    private readonly Option _bufferSize;
    private readonly Option _stepSize;
    private readonly Option _cache;
    private readonly Option _write;
    private readonly Option _forceShare;

    public BenchCommand()
        : base("bench", Summary, "filename")
    {
        _count = Syntax.Value("-c", "count", "Number of requests; 75000 when not given");
        _depth = Syntax.Value("-d", "depth", "Most requests in flight at once; 64 when not given");
        _format = Syntax.Format();
        _flushInterval = Syntax.Value("--flush-interval", "count", "Flushes after so many writes");
        _aio = Syntax.Value("-i", "aio", "Taken for qemu-img's sake: threads, native or io_uring");
        _nativeAio = Syntax.Flag("-n", "Taken for qemu-img's sake: the same as -i native");
        _noDrain = Syntax.Flag("--no-drain", "Writes go on during a flush");
        _offset = Syntax.Value("-o", "offset", "Where the first request goes");
        _pattern = Syntax.Value("--pattern", "byte", "What is written; 0 when not given");
        Syntax.Quiet();
        _bufferSize = Syntax.Value("-s", "size", "Bytes in each request; 4k when not given");
        _stepSize = Syntax.Value("-S", "size", "Bytes from one request to the next; as many as it has when not given");
        _cache = Syntax.Value("-t", "cache", "Cache mode: none, writeback, writethrough, directsync or unsafe");
        _write = Syntax.Flag("-w", "Writes; without, it reads");
        _forceShare = Syntax.ForceShare();
        Syntax.AcceptObjects();
    }

    protected override async ValueTask<int> RunAsync(CommandArguments line, ToolConsole console)
    {
        BenchPlan plan = ReadPlan(line);
        string path = line.OnlyOperand();
        RequireConsistent(plan);
        ImageOpening opening = ReadOpening(line, path);
        CancellationToken cancellation = console.CatchInterruption();
        await using Image image = await ImageFiles.OpenAsync(path, opening, cancellation);
        plan = plan with { FlushesWrites = opening.Cache.FlushesWrites };
        plan.Announce(console.Out);
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            await new BenchRun(image, plan, cancellation).RunAsync();
        }
        catch (Exception failure) when (ImageFiles.IsImageFailure(failure))
        {
            throw new ToolException($"Failed request: {failure.Message}");
        }

        string seconds = watch.Elapsed.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        console.Out.WriteLine($"Run completed in {seconds} seconds.");
        return ExitCode.Success;
    }

    private BenchPlan ReadPlan(CommandArguments line)
    {
        uint depth = ReadNumber(line, _depth, "queue depth", 64);
        int requestBytes = (int)ReadSize(line, _bufferSize, "buffer size", 4096, int.MaxValue);
        ulong stepBytes = ReadSize(line, _stepSize, "step_size", 0, int.MaxValue);
        return new BenchPlan
        {
            AreWrites = line.Has(_write),
            RequestCount = ReadNumber(line, _count, "request count", 75000),
            Depth = depth > 0 ? depth : throw new ToolException("Invalid queue depth specified"),
            RequestBytes = requestBytes,
            StepBytes = stepBytes == 0 ? (ulong)requestBytes : stepBytes,
            Start = ReadSize(line, _offset, "offset", 0, long.MaxValue),
            Pattern = (byte)ReadNumber(line, _pattern, "pattern byte", 0, byte.MaxValue),
            FlushInterval = ReadNumber(line, _flushInterval, "flush interval", 0),
            FlushesBesideRequests = line.Has(_noDrain),
        };
    }

    private ImageOpening ReadOpening(CommandArguments line, string path)
    {
        CacheMode cache = line.Last(_cache) is { } name
            ? CacheMode.Find(name) ?? throw new ToolException("Invalid cache mode")
            : CacheMode.Writeback;
        string? aio = line.Last(_aio);
        if (aio is not (null or "threads" or "native" or "io_uring"))
        {
            throw new ToolException($"Invalid aio option: {aio}");
        }

        if (line.Has(_forceShare) && line.Has(_write))
        {
            throw new ToolException(
                $"Could not open '{path}': force-share=on can only be used with read-only images");
        }

        if ((line.Has(_nativeAio) || aio == "native") && !cache.Direct)
        {
            throw new ToolException(
                $"Could not open '{path}': aio=native was specified, but it requires cache.direct=on, "
                + "which was not specified.");
        }

        return line.Opening with
        {
            Format = line.Last(_format),
            IsWritable = line.Has(_write),
            IgnoresLocks = line.Has(_forceShare),
            Cache = cache,
        };
    }

    private static void RequireConsistent(BenchPlan plan)
    {
        if (plan.FlushInterval == 0)
        {
            return;
        }

        if (!plan.AreWrites)
        {
            throw new ToolException("--flush-interval is only available in write tests");
        }

        if (plan.FlushInterval < plan.Depth)
        {
            throw new ToolException("Flush interval can't be smaller than depth");
        }
    }

    private static uint ReadNumber(
        CommandArguments line, Option option, string what, uint initial, uint most = int.MaxValue)
    {
        if (line.Last(option) is not { } text)
        {
            return initial;
        }

        return Integers.TryParse(text, out uint value) && value <= most
            ? value
            : throw new ToolException($"Invalid {what} specified");
    }

    private static ulong ReadSize(CommandArguments line, Option option, string what, ulong initial, ulong most) =>
        line.Last(option) is { } text ? Sizes.Parse(what, text, 0, most) : initial;
}
