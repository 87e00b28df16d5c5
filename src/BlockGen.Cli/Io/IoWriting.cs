using System.Diagnostics;

namespace BlockGen.Cli;

/// <summary><c>write</c>, <c>writev</c> and <c>discard</c>.</summary>
internal static class IoWriting
{
    private const byte UsualPattern = 0xcd;
    private const string Writes = "writes a number of bytes at a specified offset";

    public static IEnumerable<IoVerb> Verbs { get; } =
    [
        new("write", "[-bcCfnquz] [-P pattern | -s source_file] off len", Writes)
        {
            ShortName = "w",
            LeastWords = 2,
            Options = "bcCfnpP:qs:uz",
            Manual = """
                Writes LEN bytes at OFF: 0xcd each, unless told otherwise.

                  -P byte  writes this value
                  -s file  writes this file's content, over and over
                  -z       makes the range read as zeroes; with -u its space may be given back
                  -f       returns when the data is durable
                  -q       prints no statistics
                  -C       prints the statistics for machines
                """,
            RunAsync = WriteAsync,
        },
        new("writev", "[-Cfq] [-P pattern] off len [len..]", Writes)
        {
            LeastWords = 2,
            Options = "CfqP:",
            Manual = """
                Writes at OFF out of several buffers: 0xcd each byte, unless told otherwise.

                  -P byte  writes this value
                  -f       returns when the data is durable
                  -q       prints no statistics
                  -C       prints the statistics for machines
                """,
            RunAsync = WriteVectorAsync,
        },
        new("discard", "[-Cq] off len", "discards a number of bytes at a specified offset")
        {
            ShortName = "d",
            LeastWords = 2,
            Options = "Cq",
            Manual = """
                Gives LEN bytes at OFF up: their content is not needed any more.

                  -q       prints no statistics
                  -C       prints the statistics for machines
                """,
            RunAsync = DiscardAsync,
        },
    ];

    /// <summary>The bytes to write.</summary>
    public static byte[] MakeBuffer(int bytes, byte? pattern)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(bytes);
        buffer.AsSpan().Fill(pattern ?? UsualPattern);
        return buffer;
    }

    /// <summary>The lengths after the offset, together.</summary>
    public static int SumLengths(IoWords words)
    {
        ulong total = 0;
        foreach (string text in words.Operands.Skip(1))
        {
            total += (ulong)IoNumbers.ParseLength(text);
        }

        return total <= IoNumbers.LongestRequest
            ? (int)total
            : throw new IoProblem($"length cannot exceed {IoNumbers.LongestRequest}, given {total}");
    }

    /// <summary>Makes a write durable where the options or the cache mode ask for it.</summary>
    public static async ValueTask FlushIfAskedAsync(IoSession session, IoWords words)
    {
        if (words.Has('f') || session.Opening.Cache.FlushesWrites)
        {
            await session.OpenImage.FlushAsync(session.Cancellation);
        }
    }

    private static async ValueTask WriteAsync(IoSession session, IoWords words)
    {
        if (words.Operands is not [string offsetText, string lengthText])
        {
            throw IoProblem.Usage(IoVerbs.Find("write")!);
        }

        byte? pattern = words.Value('P') is { } patternText ? IoNumbers.ParsePattern(patternText) : null;
        RequireSound(words);
        ulong offset = IoNumbers.ParseSize(offsetText);
        int length = IoNumbers.ParseLength(lengthText);
        session.RequireWritable();
        if (words.Has('b') || words.Has('c'))
        {
            throw IoProblem.Failed("write", new NotSupportedException());
        }

        if (words.Has('z'))
        {
            GuestRange range = new(offset, (ulong)length);
            ZeroMode mode = words.Has('u') ? ZeroMode.MayUnmap : ZeroMode.KeepAllocated;
            await RequestAsync(
                session,
                words,
                "write",
                "wrote",
                range,
                image => image.WriteZeroesAsync(range, mode, session.Cancellation));
            return;
        }

        byte[] buffer = words.Value('s') is { } file
            ? await RepeatFileAsync(file, length, session.Cancellation)
            : MakeBuffer(length, pattern);
        await WriteAsync(session, words, "write", offset, buffer);
    }

    private static async ValueTask WriteVectorAsync(IoSession session, IoWords words)
    {
        if (words.Operands is not [string offsetText, _, ..])
        {
            throw IoProblem.Usage(IoVerbs.Find("writev")!);
        }

        byte? pattern = words.Value('P') is { } patternText ? IoNumbers.ParsePattern(patternText) : null;
        ulong offset = IoNumbers.ParseSize(offsetText);
        int length = SumLengths(words);
        session.RequireWritable();
        await WriteAsync(session, words, "writev", offset, MakeBuffer(length, pattern));
    }

    private static async ValueTask DiscardAsync(IoSession session, IoWords words)
    {
        if (words.Operands is not [string offsetText, string lengthText])
        {
            throw IoProblem.Usage(IoVerbs.Find("discard")!);
        }

        GuestRange range = new(IoNumbers.ParseSize(offsetText), (ulong)IoNumbers.ParseLength(lengthText));
        session.RequireWritable();
        await RequestAsync(
            session, words, "discard", "discard", range, image => image.DiscardAsync(range, session.Cancellation));
    }

    private static ValueTask WriteAsync(
        IoSession session, IoWords words, string request, ulong offset, byte[] buffer) =>
        RequestAsync(
            session,
            words,
            request,
            "wrote",
            new GuestRange(offset, (ulong)buffer.Length),
            image => image.WriteAsync(new GuestOffset(offset), buffer, session.Cancellation));

    private static async ValueTask RequestAsync(
        IoSession session, IoWords words, string request, string done, GuestRange range, Func<Image, ValueTask> run)
    {
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            await run(session.OpenImage);
            await FlushIfAskedAsync(session, words);
        }
        catch (Exception failure) when (IoFailures.IsExpected(failure))
        {
            throw IoProblem.Failed(request, failure);
        }

        if (!words.Has('q'))
        {
            IoReport.Write(session.Out, done, range.Start.Value, range.Length, watch.Elapsed, words.Has('C'));
        }
    }

    private static void RequireSound(IoWords words)
    {
        if ("zPs".Count(words.Has) > 1)
        {
            throw new IoProblem("Only one of -z, -P, and -s can be specified at the same time");
        }

        if (words.Has('u') && !words.Has('z'))
        {
            throw new IoProblem("-u requires -z to be specified");
        }

        if (words.Has('n') && !words.Has('z'))
        {
            throw new IoProblem("-n requires -z to be specified");
        }
    }

    private static async ValueTask<byte[]> RepeatFileAsync(string path, int length, CancellationToken cancellation)
    {
        byte[] content;
        try
        {
            content = await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            string reason = failure is FileNotFoundException ? "No such file or directory" : failure.Message;
            throw new IoProblem($"{path}: {reason}", IoProblemKind.Error);
        }

        if (content.Length == 0)
        {
            throw new IoProblem($"{path}: file is empty", IoProblemKind.Error);
        }

        byte[] buffer = new byte[length];
        for (int at = 0; at < length; at += content.Length)
        {
            content.AsSpan(0, Math.Min(content.Length, length - at)).CopyTo(buffer.AsSpan(at));
        }

        return buffer;
    }
}
