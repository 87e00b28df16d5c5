using System.Diagnostics;

namespace BlockGen.Cli;

/// <summary><c>aio_read</c>, <c>aio_write</c> and <c>aio_flush</c>: requests side by side.</summary>
internal static class IoInFlight
{
    public static IEnumerable<IoVerb> Verbs { get; } =
    [
        new("aio_read", "[-Ciqv] [-P pattern] off len [len..]", "asynchronously reads a number of bytes")
        {
            LeastWords = 2,
            Options = "CP:iqv",
            Manual = """
                Begins to read at OFF and goes on; aio_flush waits for it and tells the outcome.

                  -P byte  tells whether all bytes have this value
                  -i       begins nothing
                  -v       prints them
                  -q       prints no statistics
                  -C       prints the statistics for machines
                """,
            RunAsync = BeginReadAsync,
        },
        new("aio_write", "[-Cfiquz] [-P pattern] off len [len..]", "asynchronously writes a number of bytes")
        {
            LeastWords = 2,
            Options = "CfiP:quz",
            Manual = """
                Begins to write at OFF and goes on; aio_flush waits for it and tells the outcome.

                  -P byte  writes this value
                  -z       makes the range read as zeroes; with -u its space may be given back
                  -f       is done when the data is durable
                  -i       begins nothing
                  -q       prints no statistics
                  -C       prints the statistics for machines
                """,
            RunAsync = BeginWriteAsync,
        },
        new("aio_flush", "", "completes all outstanding aio requests")
        {
            MostWords = 0,
            RunAsync = (session, _) => session.FinishRequestsAsync(),
        },
    ];

    private static ValueTask BeginReadAsync(IoSession session, IoWords words)
    {
        IoVerb verb = IoVerbs.Find("aio_read")!;
        if (words.Operands is not [string offsetText, _, ..])
        {
            throw IoProblem.Usage(verb);
        }

        byte? pattern = words.Value('P') is { } patternText ? IoNumbers.ParsePattern(patternText) : null;
        ulong offset = IoNumbers.ParseSize(offsetText);
        byte[] buffer = IoReading.MakeBuffer(IoWriting.SumLengths(words));
        Image image = session.OpenImage;
        if (words.Has('i'))
        {
            session.Out.WriteLine("injecting invalid read request");
            return default;
        }

        // Its failure has always been told under this name.
        Begin(
            session,
            "readv",
            () => image.ReadAsync(new GuestOffset(offset), buffer, session.Cancellation),
            time =>
            {
                if (new CheckedPart(pattern, 0, buffer.Length).FindMismatch(buffer, offset) is { } mismatch)
                {
                    session.Out.WriteLine(mismatch.Message);
                }

                if (words.Has('q'))
                {
                    return;
                }

                if (words.Has('v'))
                {
                    IoReport.Dump(session.Out, buffer, offset);
                }

                IoReport.Write(session.Out, "read", offset, (ulong)buffer.Length, time, words.Has('C'));
            });
        return default;
    }

    private static ValueTask BeginWriteAsync(IoSession session, IoWords words)
    {
        if (words.Operands is not [string offsetText, _, ..])
        {
            throw IoProblem.Usage(IoVerbs.Find("aio_write")!);
        }

        byte? pattern = words.Value('P') is { } patternText ? IoNumbers.ParsePattern(patternText) : null;
        RequireSound(words);
        ulong offset = IoNumbers.ParseSize(offsetText);
        int length = IoWriting.SumLengths(words);
        session.RequireWritable();
        Image image = session.OpenImage;
        if (words.Has('i'))
        {
            session.Out.WriteLine("injecting invalid write request");
            return default;
        }

        Begin(
            session,
            "aio_write",
            async () =>
            {
                await WriteAsync(image, words, new GuestRange(offset, (ulong)length), pattern, session.Cancellation);
                await IoWriting.FlushIfAskedAsync(session, words);
            },
            time =>
            {
                if (!words.Has('q'))
                {
                    IoReport.Write(session.Out, "wrote", offset, (ulong)length, time, words.Has('C'));
                }
            });
        return default;
    }

    private static void RequireSound(IoWords words)
    {
        if (words.Has('z') && words.Operands.Count != 2)
        {
            throw new IoProblem("-z supports only a single length parameter");
        }

        if (words.Has('u') && !words.Has('z'))
        {
            throw new IoProblem("-u requires -z to be specified");
        }
    }

    private static ValueTask WriteAsync(
        Image image, IoWords words, GuestRange range, byte? pattern, CancellationToken cancellation) =>
        words.Has('z')
            ? image.WriteZeroesAsync(range, words.Has('u') ? ZeroMode.MayUnmap : ZeroMode.KeepAllocated, cancellation)
            : image.WriteAsync(range.Start, IoWriting.MakeBuffer((int)range.Length, pattern), cancellation);

    // Begun is done, as far as the session's exit code goes: a failure is told, but counts no more.
    private static void Begin(IoSession session, string request, Func<ValueTask> run, Action<TimeSpan> tell) =>
        session.Begin(async () =>
        {
            Stopwatch watch = Stopwatch.StartNew();
            try
            {
                await run();
                TimeSpan time = watch.Elapsed;
                return () => tell(time);
            }
            catch (Exception failure) when (IoFailures.IsExpected(failure))
            {
                return () => session.Out.WriteLine(IoProblem.Failed(request, failure).Message);
            }
        });
}
