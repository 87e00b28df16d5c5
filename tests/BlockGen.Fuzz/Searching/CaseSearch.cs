using System.Diagnostics;

namespace BlockGen.Fuzz;

/// <summary>Looks for files that a driver gets wrong: changes known ones, and keeps what takes new branches.</summary>
internal sealed class CaseSearch(ImageFormat format, Random random)
{
    private const int MostMutations = 5;
    private const int MostDistinct = 20;

    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(1);

    private readonly CaseRunner _runner = new(format, Jobs.TimeLimit);
    private readonly Coverage _coverage = new();
    private readonly List<FuzzInput> _corpus = [];
    private readonly HashSet<string> _problems = [];
    private long _runCount;

    /// <summary>Different problems found.</summary>
    public int FoundCount => _problems.Count;

    /// <summary>What has been done.</summary>
    public string Summary =>
        $"{format.Name}: {_runCount} files, {_corpus.Count} kept, {_coverage.BranchCount} branches, "
        + $"{FoundCount} problems";

    /// <summary>Searches for some time.</summary>
    public void Run(TimeSpan time)
    {
        Stopwatch watch = Stopwatch.StartNew();
        foreach (byte[] seed in SeedImages.For(format))
        {
            Try(seed, isKept: true);
        }

        Mutator mutator = new(random);
        while (watch.Elapsed < time && FoundCount < MostDistinct)
        {
            FuzzInput parent = Pick();
            byte[] file = parent.File;
            for (int left = random.Next(1, MostMutations + 1); left > 0; left--)
            {
                file = mutator.Mutate(file, parent.Places, Pick().File);
            }

            Try(file, isKept: false);
        }
    }

    // Half of the time what was found lately: new branches lead to more of them.
    private FuzzInput Pick() => random.Next(2) == 0
        ? _corpus[random.Next(_corpus.Count)]
        : _corpus[^random.Next(1, Math.Min(_corpus.Count, 20) + 1)];

    private void Try(byte[] file, bool isKept)
    {
        _coverage.Clear();
        CaseVerdict verdict = RunWatched(file);
        _runCount++;
        if (verdict.Problem is { } problem)
        {
            if (_problems.Add(verdict.Kind))
            {
                Console.Error.WriteLine($"{format.Name}: {problem}\n  saved as {SavedCase.Save(format.Name, file)}");
            }

            return;
        }

        if (_coverage.HasNews() || isKept)
        {
            _corpus.Add(new FuzzInput(file, FilePlaces.Find(format, file)));
        }
    }

    private CaseVerdict RunWatched(byte[] file)
    {
        using Timer watchdog = new(_ => EndHung(file), null, s_hang, Timeout.InfiniteTimeSpan);
        return _runner.Run(file);
    }

    // Code that does not end cannot be ended from outside it; the case is what matters.
    private void EndHung(byte[] file)
    {
        Console.Error.WriteLine($"{format.Name}: does not end\n  saved as {SavedCase.Save(format.Name, file)}");
        Environment.Exit(1);
    }
}

/// <summary>A file that took a branch of its own.</summary>
/// <param name="File">Its bytes.</param>
/// <param name="Places">Where the declared layout has numbers in it.</param>
internal sealed record FuzzInput(byte[] File, FilePlaces Places);
