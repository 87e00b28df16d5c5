namespace BlockGen.Cli;

/// <summary>A command of the language of <c>io</c>.</summary>
internal sealed record IoVerb(string Name, string Arguments, string Meaning)
{
    /// <summary>A shorter name; null when there is none.</summary>
    public string? ShortName { get; init; }

    /// <summary>Words after the name, options included, at least.</summary>
    public int LeastWords { get; init; }

    /// <summary>Words after the name at most.</summary>
    public int MostWords { get; init; } = int.MaxValue;

    /// <summary>Whether it works on the open image.</summary>
    public bool NeedsImage { get; init; } = true;

    /// <summary>Options as getopt takes them.</summary>
    public string Options { get; init; } = "";

    /// <summary>Its options and its use, in full.</summary>
    public string Manual { get; init; } = "";

    public required Func<IoSession, IoWords, ValueTask> RunAsync { get; init; }

    public string OneLine => Arguments.Length > 0 ? $"{Name} {Arguments} -- {Meaning}" : $"{Name} -- {Meaning}";

    /// <summary>What is wrong with the number of words; null when nothing is.</summary>
    public string? CountProblem(int words)
    {
        if (words >= LeastWords && words <= MostWords)
        {
            return null;
        }

        string expected = (LeastWords, MostWords) switch
        {
            (_, int.MaxValue) => $"at least {LeastWords}",
            _ when LeastWords == MostWords => $"{LeastWords}",
            _ => $"between {LeastWords} and {MostWords}",
        };
        return $"bad argument count {words} to {Name}, expected {expected} arguments";
    }
}
