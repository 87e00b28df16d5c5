namespace BlockGen.Cli;

/// <summary><c>alloc</c>, <c>map</c>, <c>length</c>, <c>info</c>, <c>truncate</c> and <c>flush</c>.</summary>
internal static class IoMapping
{
    private const ulong SectorBytes = 512;

    public static IEnumerable<IoVerb> Verbs { get; } =
    [
        new("alloc", "offset [count]", "checks if offset is allocated in the file")
        {
            ShortName = "a",
            LeastWords = 1,
            MostWords = 2,
            RunAsync = CountAllocatedAsync,
        },
        new("map", "", "prints the allocated areas of a file") { MostWords = 0, RunAsync = MapAsync },
        new("length", "", "gets the length of the current file")
        {
            ShortName = "l",
            MostWords = 0,
            RunAsync = (session, _) =>
            {
                session.Out.WriteLine(IoNumbers.Show(session.OpenImage.Length));
                return default;
            },
        },
        new("info", "", "prints information about the current file")
        {
            ShortName = "i",
            MostWords = 0,
            RunAsync = (session, _) =>
            {
                session.Out.WriteLine($"format name: {session.OpenImage.Driver.Name}");
                session.Out.WriteLine($"cluster size: {IoNumbers.Show(session.OpenImage.ClusterBytes)}");
                session.Out.WriteLine($"vm state offset: {IoNumbers.Show(0)}");
                return default;
            },
        },
        new("truncate", "[-m prealloc_mode] off", "truncates the current file at the given offset")
        {
            ShortName = "t",
            LeastWords = 1,
            MostWords = 3,
            Options = "m:",
            RunAsync = TruncateAsync,
        },
        new("flush", "", "flush all in-core file state to disk")
        {
            ShortName = "f",
            MostWords = 0,
            RunAsync = FlushAsync,
        },
    ];

    private static async ValueTask CountAllocatedAsync(IoSession session, IoWords words)
    {
        ulong offset = IoNumbers.ParseSize(words.Operands[0]);
        ulong count = words.Operands.Count > 1 ? IoNumbers.ParseSize(words.Operands[1]) : SectorBytes;
        await session.OpenImage.SettleCopyOnReadAsync(session.Cancellation);
        ulong length = session.OpenImage.Length;
        count = offset < length ? Math.Min(count, length - offset) : 0;
        ulong allocated = 0;
        for (ulong at = offset; at < offset + count;)
        {
            GuestRange rest = new(at, offset + count - at);
            Allocation run = await session.OpenImage.IsAllocatedAsync(rest, session.Cancellation);
            allocated += run.IsAllocated ? run.Length : 0;
            at += run.Length;
        }

        session.Out.WriteLine($"{allocated}/{count} bytes allocated at offset {IoNumbers.Show(offset)}");
    }

    private static async ValueTask MapAsync(IoSession session, IoWords words)
    {
        await session.OpenImage.SettleCopyOnReadAsync(session.Cancellation);
        ulong length = session.OpenImage.Length;
        ulong start = 0;
        while (start < length)
        {
            ulong end = start;
            bool isAllocated = false;
            while (end < length)
            {
                Allocation run = await session.OpenImage.IsAllocatedAsync(
                    new GuestRange(end, length - end), session.Cancellation);
                if (end > start && run.IsAllocated != isAllocated)
                {
                    break;
                }

                isAllocated = run.IsAllocated;
                end += run.Length;
            }

            string state = isAllocated ? "    allocated" : "not allocated";
            session.Out.WriteLine(
                $"{IoNumbers.Show(end - start)} (0x{end - start:x}) bytes {state} "
                + $"at offset {IoNumbers.Show(start)} (0x{start:x})");
            start = end;
        }
    }

    private static async ValueTask TruncateAsync(IoSession session, IoWords words)
    {
        string? mode = words.Value('m');
        Preallocation preallocation = PreallocationMode.TryParse(mode)
            ?? throw new IoProblem($"Invalid preallocation mode '{mode}'", IoProblemKind.NamedError);
        session.RequireWritable();
        string size = words.Operands is [string only] ? only : throw IoProblem.Usage(IoVerbs.Find("truncate")!);
        try
        {
            await session.OpenImage.ResizeAsync(IoNumbers.ParseSize(size), preallocation, session.Cancellation);
        }
        catch (Exception failure) when (IoFailures.IsExpected(failure))
        {
            throw new IoProblem(failure.Message, IoProblemKind.NamedError);
        }
    }

    private static async ValueTask FlushAsync(IoSession session, IoWords words)
    {
        try
        {
            await session.OpenImage.FlushAsync(session.Cancellation);
        }
        catch (Exception failure) when (IoFailures.IsExpected(failure))
        {
            throw IoProblem.Failed("flush", failure);
        }
    }
}
