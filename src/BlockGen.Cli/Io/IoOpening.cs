namespace BlockGen.Cli;

/// <summary><c>open</c>, <c>reopen</c> and <c>close</c>.</summary>
internal static class IoOpening
{
    public static IEnumerable<IoVerb> Verbs { get; } =
    [
        new("open", "[-rsCnkU] [-t cache] [-d discard] [-o options] [path]", "open the file specified by path")
        {
            ShortName = "o",
            LeastWords = 1,
            NeedsImage = false,
            Options = "rsCnkUt:d:o:",
            Manual = """
                Opens an image for the commands that follow.

                  -r          read-only
                  -s          keeps what is written in a temporary file only
                  -C          keeps what reads fetch from the backing image
                  -n          passes by the host's page cache, as -t none
                  -U          also while others write to it
                  -t cache    none, writeback, writethrough, directsync or unsafe
                  -o options  name=value,...: 'driver' is the format, the rest are its open options
                """,
            RunAsync = OpenAsync,
        },
        new("reopen", "[(-r|-w)] [-c cache] [-o options]", "reopens an image with new options")
        {
            Options = "rwc:o:",
            Manual = """
                Changes how the image is open.

                  -r          read-only
                  -w          for writing
                  -c cache    none, writeback, writethrough, directsync or unsafe
                  -o options  name=value,...: the format's open options
                """,
            RunAsync = ReopenAsync,
        },
        new("close", "", "close the current open file")
        {
            ShortName = "c",
            MostWords = 0,
            RunAsync = (session, _) => session.CloseAsync(),
        },
    ];

    private static ValueTask OpenAsync(IoSession session, IoWords words)
    {
        if (words.Operands.Count > 1 || (words.Operands.Count == 0 && !words.Has('o')))
        {
            throw IoProblem.Usage(IoVerbs.Find("open")!);
        }

        if (words.Operands is not [string path])
        {
            return session.OpenAsync(words.Value('o')!, ReadOpening(session, words) with { IsOptionList = true });
        }

        Dictionary<string, string> options = OptionText.Parse(words.Value('o') is { } text ? [text] : []);
        options.Remove("driver", out string? format);
        return session.OpenAsync(
            path, ReadOpening(session, words) with { Format = format, DriverOptions = options });
    }

    private static ImageOpening ReadOpening(IoSession session, IoWords words) => new()
    {
        Objects = session.Objects,
        Aio = words.Has('k') ? "native" : null,
        IsWritable = !words.Has('r'),
        IsTemporary = words.Has('s'),
        IgnoresLocks = words.Has('U'),
        CopiesOnRead = words.Has('C'),
        Cache = words.Has('n') ? CacheMode.None : ParseCache(words.Value('t')),
    };

    private static async ValueTask ReopenAsync(IoSession session, IoWords words)
    {
        if (words.Operands.Count > 0)
        {
            throw IoProblem.Usage(IoVerbs.Find("reopen")!);
        }

        if (words.Has('r') && words.Has('w'))
        {
            throw new IoProblem("Only one -r/-w option may be given", IoProblemKind.NamedError);
        }

        if (session.Opening.IsTemporary)
        {
            throw new IoProblem("what is kept in a temporary file would be lost", IoProblemKind.NamedError);
        }

        string path = session.OpenImage.Storage.Name;
        ImageOpening opening = session.Opening with { Format = session.OpenImage.Driver.Name };
        if (words.Has('r') || words.Has('w'))
        {
            opening = opening with { IsWritable = words.Has('w') };
        }

        if (words.Value('c') is { } cache)
        {
            opening = opening with { Cache = ParseCache(cache) };
        }

        if (words.Value('o') is { } options)
        {
            opening = opening with { DriverOptions = OptionText.Parse([options]) };
        }

        await session.CloseAsync();
        await session.OpenAsync(path, opening);
    }

    private static CacheMode ParseCache(string? name) => name is null
        ? CacheMode.Writeback
        : CacheMode.Find(name) ?? throw new IoProblem($"Invalid cache option: {name}", IoProblemKind.NamedError);
}
