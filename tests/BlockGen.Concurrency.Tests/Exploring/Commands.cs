using System.Diagnostics;
using BlockGen.Concurrency.Tests.Bugs;
using BlockGen.Concurrency.Tests.Rewriting;

namespace BlockGen.Concurrency.Tests.Exploring;

/// <summary>
/// <c>rewrite SOURCE TARGET</c> makes the copy that can be explored; <c>bugs SCHEDULES [BUG …]</c> puts bugs into other
/// copies and hunts them. In a copy, <c>list</c> names the scenarios,
/// <c>explore SCENARIO SCHEDULES [SEED]</c> explores one
/// and <c>replay SCENARIO TRACE</c> repeats a schedule that failed.
/// </summary>
internal static class Commands
{
    private const int ReportedLines = 3;

    public const string FailureMark = "FAILED";

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["rewrite", string source, string target]:
                RewrittenCopy.Make(source, target);
                return 0;
            case ["bugs", string schedules, .. string[] names]:
                return await HuntAsync(uint.Parse(schedules), names).ConfigureAwait(false);
            case ["list"]:
                Console.WriteLine(string.Join('\n', Scenarios.All.Select(scenario => scenario.Name)));
                return 0;
            case ["explore", string name, string schedules]:
                return await ExploreAsync(name, uint.Parse(schedules), (uint)Random.Shared.Next())
                    .ConfigureAwait(false);
            case ["explore", string name, string schedules, string seed]:
                return await ExploreAsync(name, uint.Parse(schedules), uint.Parse(seed)).ConfigureAwait(false);
            case ["replay", string name, string trace]:
                Scenario scenario = await FindAsync(name).ConfigureAwait(false);
                string steps = await File.ReadAllTextAsync(trace).ConfigureAwait(false);
                return Report(Exploration.Replay(scenario, steps), "");
            default:
                Console.Error.WriteLine(
                    "rewrite SOURCE TARGET | bugs SCHEDULES [BUG ...] | list "
                    + "| explore SCENARIO SCHEDULES [SEED] | replay SCENARIO TRACE");
                return 2;
        }
    }

    private static async Task<int> HuntAsync(uint schedules, string[] names)
    {
        int missed = 0;
        foreach (SeededBug bug in SeededBugs.All.Where(bug => names.Length == 0 || names.Contains(bug.Name)))
        {
            (bool isCaught, string report) = await BugHunt.RunAsync(bug, schedules).ConfigureAwait(false);
            Console.WriteLine(string.Join('\n', report.Split('\n').Take(ReportedLines)));
            missed += isCaught ? 0 : 1;
        }

        Console.WriteLine($"{missed} bugs were not caught");
        return missed == 0 ? 0 : 1;
    }

    private static async Task<int> ExploreAsync(string name, uint schedules, uint seed)
    {
        Scenario scenario = await FindAsync(name).ConfigureAwait(false);
        return Report(Exploration.Run(scenario, schedules, seed), $"seed {seed}, ");
    }

    private static async Task<Scenario> FindAsync(string name)
    {
        // One thread runs at a time: on one processor it need not be fetched from another.
        if (OperatingSystem.IsLinux())
        {
            int processor = Environment.ProcessId % Environment.ProcessorCount;
            Process.GetCurrentProcess().ProcessorAffinity = (nint)1 << processor;
        }

        Scenario scenario = Scenarios.Find(name);
        await scenario.PrepareAsync().ConfigureAwait(false);
        return scenario;
    }

    private static int Report(ExplorationResult result, string seed)
    {
        string summary = $"{result.Scenario}: {seed}{result.Schedules} schedules of at most {result.MostSteps} steps";
        if (result.Failure is null && result.CutOff == 0)
        {
            Console.WriteLine(summary);
            return 0;
        }

        Console.WriteLine($"{FailureMark} {summary}, {result.CutOff} without an end");
        Console.WriteLine(result.Failure);
        if (result.Failure is not null)
        {
            string trace = Path.Combine(Path.GetTempPath(), $"{result.Scenario}.trace");
            File.WriteAllText(trace, result.Trace);
            string command = $"dotnet {Environment.GetCommandLineArgs()[0]} replay {result.Scenario} {trace}";
            Console.WriteLine($"the schedule: {command}");
        }

        return 1;
    }
}
