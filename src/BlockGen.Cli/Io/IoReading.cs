using System.Diagnostics;

namespace BlockGen.Cli;

/// <summary><c>read</c> and <c>readv</c>.</summary>
internal static class IoReading
{
    private const byte Untouched = 0xab;

    public static IEnumerable<IoVerb> Verbs { get; } =
    [
        new("read", "[-abCqv] [-P pattern [-s off] [-l len]] off len", "reads a number of bytes at a specified offset")
        {
            ShortName = "r",
            LeastWords = 2,
            Options = "abCl:pP:qs:v",
            Manual = """
                Reads LEN bytes at OFF.

                  -P byte  tells whether all of them have this value; -s and -l narrow that to a part
                  -v       prints them
                  -q       prints no statistics
                  -C       prints the statistics for machines
                """,
            RunAsync = ReadAsync,
        },
        new("readv", "[-Cqv] [-P pattern] off len [len..]", "reads a number of bytes at a specified offset")
        {
            LeastWords = 2,
            Options = "CP:qv",
            Manual = """
                Reads at OFF into several buffers.

                  -P byte  tells whether all bytes have this value
                  -v       prints them
                  -q       prints no statistics
                  -C       prints the statistics for machines
                """,
            RunAsync = ReadVectorAsync,
        },
    ];

    /// <summary>A buffer whose bytes tell whether something was read into it.</summary>
    public static byte[] MakeBuffer(int bytes)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(bytes);
        buffer.AsSpan().Fill(Untouched);
        return buffer;
    }

    private static async ValueTask ReadAsync(IoSession session, IoWords words)
    {
        IoVerb verb = IoVerbs.Find("read")!;
        if (words.Operands is not [string offsetText, string lengthText])
        {
            throw IoProblem.Usage(verb);
        }

        byte? pattern = words.Value('P') is { } patternText ? IoNumbers.ParsePattern(patternText) : null;
        ulong partStart = words.Value('s') is { } startText ? IoNumbers.ParseSize(startText) : 0;
        ulong? partLength = words.Value('l') is { } partText ? IoNumbers.ParseSize(partText) : null;
        if (pattern is null && (words.Has('s') || words.Has('l')))
        {
            throw IoProblem.Usage(verb);
        }

        ulong offset = IoNumbers.ParseSize(offsetText);
        int length = IoNumbers.ParseLength(lengthText);
        if (partStart > (ulong)length || partLength > (ulong)length - partStart)
        {
            throw new IoProblem("pattern verification range exceeds end of read data");
        }

        if (words.Has('b'))
        {
            throw IoProblem.Failed("read", new NotSupportedException());
        }

        int checkedLength = (int)(partLength ?? (ulong)length - partStart);
        CheckedPart part = new(pattern, (int)partStart, checkedLength);
        await ReadAsync(session, words, "read", offset, length, part);
    }

    private static async ValueTask ReadVectorAsync(IoSession session, IoWords words)
    {
        if (words.Operands is not [string offsetText, _, ..])
        {
            throw IoProblem.Usage(IoVerbs.Find("readv")!);
        }

        byte? pattern = words.Value('P') is { } patternText ? IoNumbers.ParsePattern(patternText) : null;
        ulong offset = IoNumbers.ParseSize(offsetText);
        int length = IoWriting.SumLengths(words);
        await ReadAsync(session, words, "readv", offset, length, new CheckedPart(pattern, 0, length));
    }

    private static async ValueTask ReadAsync(
        IoSession session, IoWords words, string request, ulong offset, int length, CheckedPart part)
    {
        byte[] buffer = MakeBuffer(length);
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            await session.OpenImage.ReadAsync(new GuestOffset(offset), buffer, session.Cancellation);
        }
        catch (Exception failure) when (IoFailures.IsExpected(failure))
        {
            throw IoProblem.Failed(request, failure);
        }

        TimeSpan time = watch.Elapsed;
        if (part.FindMismatch(buffer, offset) is { } mismatch)
        {
            session.Tell(mismatch);
        }

        if (words.Has('q'))
        {
            return;
        }

        if (words.Has('v'))
        {
            IoReport.Dump(session.Out, buffer, offset);
        }

        IoReport.Write(session.Out, "read", offset, (ulong)length, time, words.Has('C'));
    }
}

/// <summary>The part of a buffer that must consist of one byte.</summary>
internal readonly record struct CheckedPart(byte? Pattern, int Start, int Length)
{
    /// <summary>What to tell when it does not; null when it does, or when nothing is expected.</summary>
    public IoProblem? FindMismatch(ReadOnlySpan<byte> buffer, ulong offset) =>
        Pattern is { } pattern && buffer.Slice(Start, Length).ContainsAnyExcept(pattern)
            ? new IoProblem($"Pattern verification failed at offset {offset + (ulong)Start}, {Length} bytes")
            : null;
}

/// <summary>The failures that a request may end with.</summary>
internal static class IoFailures
{
    public static bool IsExpected(Exception failure) =>
        ImageFiles.IsImageFailure(failure) || failure is ArgumentOutOfRangeException;
}
