using BlockGen.Drivers;

namespace BlockGen.Fuzz;

/// <summary>What the program can be asked for.</summary>
internal static class Jobs
{
    private const int Failed = 1;
    private const int Misused = 2;

    /// <summary>How long a driver may take for everything that is done to one file.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Prints every format's name, but for those that need a key: deriving it takes as long as the header says, and the
    /// header is all that is there to be got wrong.
    /// </summary>
    public static int List()
    {
        foreach (ImageFormat format in DiskFormats.All.Where(format => !NeedsKey(format)))
        {
            Console.WriteLine(format.Name);
        }

        return 0;
    }

    private static bool NeedsKey(ImageFormat format) =>
        format.CreateOptions.Any(option => option.Name == "key-secret");

    /// <summary>Runs one saved case.</summary>
    public static int Replay(string format, string file)
    {
        CaseVerdict verdict = new CaseRunner(Find(format), TimeLimit).Run(SavedCase.Load(file));
        Console.WriteLine(verdict.Problem ?? $"{file}: nothing wrong");
        return verdict.Problem is null ? 0 : Failed;
    }

    /// <summary>Searches for cases, and fails when it has found one.</summary>
    public static int Search(string format, int seconds, int seed)
    {
        CaseSearch search = new(Find(format), new Random(seed));
        search.Run(TimeSpan.FromSeconds(seconds));
        Console.WriteLine(search.Summary);
        return search.FoundCount == 0 ? 0 : Failed;
    }

    /// <summary>Prints how the program is called.</summary>
    public static int ShowUsage()
    {
        Console.Error.WriteLine(
            "usage: BlockGen.Fuzz FORMAT SECONDS [SEED] | --list | --replay FORMAT FILE | --instrument FILE...");
        return Misused;
    }

    private static ImageFormat Find(string name) => DiskFormats.All.Single(format => format.Name == name);
}
