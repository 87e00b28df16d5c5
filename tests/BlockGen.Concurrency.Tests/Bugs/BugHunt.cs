using System.Diagnostics;
using BlockGen.Concurrency.Tests.Exploring;
using BlockGen.Concurrency.Tests.Rewriting;

namespace BlockGen.Concurrency.Tests.Bugs;

/// <summary>Puts each bug into a runtime of its own and explores the scenario that must fail with it.</summary>
internal static class BugHunt
{
    /// <summary>Hunts one bug.</summary>
    /// <returns>Whether it was caught, and what was seen.</returns>
    public static async Task<(bool IsCaught, string Report)> RunAsync(SeededBug bug, uint schedules)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "bugs", bug.Name);
        RewrittenCopy.Make(AppContext.BaseDirectory, folder, MutatedRuntime.Compile(bug));
        try
        {
            string output = await ExploreAsync(folder, bug.Scenario, schedules).ConfigureAwait(false);
            bool isCaught = output.StartsWith(Commands.FailureMark, StringComparison.Ordinal);
            return (isCaught, $"{(isCaught ? "caught" : "NOT CAUGHT")} {bug.Name}: {bug.Sentence}\n{output}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Explores a scenario in a folder of rewritten assemblies, and returns what is said of it.</summary>
    public static async Task<string> ExploreAsync(string folder, string scenario, uint schedules)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(folder, "BlockGen.Concurrency.Tests.dll"), "explore", scenario, $"{schedules}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return (output + await errors.ConfigureAwait(false)).Trim();
    }
}
