namespace BlockGen.Cli;

/// <summary><c>help</c>, <c>sleep</c> and <c>quit</c>.</summary>
internal static class IoControl
{
    public static IEnumerable<IoVerb> Verbs { get; } =
    [
        new("help", "[command]", "help for one or all commands")
        {
            ShortName = "?",
            MostWords = 1,
            NeedsImage = false,
            RunAsync = HelpAsync,
        },
        new("sleep", "", "waits for the given value in milliseconds")
        {
            LeastWords = 1,
            MostWords = 1,
            NeedsImage = false,
            RunAsync = async (session, words) =>
                await Task.Delay(IoNumbers.ParseMilliseconds(words.Operands[0]), session.Cancellation),
        },
        new("quit", "", "exit the program")
        {
            ShortName = "q",
            MostWords = 0,
            NeedsImage = false,
            RunAsync = (session, _) =>
            {
                session.IsOver = true;
                return default;
            },
        },
    ];

    private static ValueTask HelpAsync(IoSession session, IoWords words)
    {
        if (words.Operands is [string name])
        {
            IoVerb verb = IoVerbs.Find(name) ?? throw new IoProblem($"command {name} not found");
            session.Out.WriteLine(verb.OneLine);
            if (verb.Manual.Length > 0)
            {
                session.Out.WriteLine();
                session.Out.WriteLine(verb.Manual);
            }

            return default;
        }

        foreach (IoVerb verb in IoVerbs.All)
        {
            session.Out.WriteLine(verb.OneLine);
        }

        session.Out.WriteLine();
        session.Out.WriteLine("Use 'help commandname' for extended help.");
        return default;
    }
}
