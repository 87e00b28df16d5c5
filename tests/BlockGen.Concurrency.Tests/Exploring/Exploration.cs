using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;

namespace BlockGen.Concurrency.Tests.Exploring;

/// <summary>Runs a scenario under one schedule after the other, until one fails.</summary>
internal static class Exploration
{
    private const uint MaxSteps = 20_000;

    // Schedules differ in kind: any next step at any moment; seldom another one; few changes of who comes first.
    private static readonly Func<Configuration, Configuration>[] s_strategies =
    [
        configuration => configuration.WithRandomStrategy(),
        configuration => configuration.WithProbabilisticStrategy(4),
        configuration => configuration.WithPrioritizationStrategy(isFair: true, 3),
        configuration => configuration.WithPrioritizationStrategy(isFair: true, 10),
    ];

    /// <summary>Explores up to so many schedules, in several ways.</summary>
    public static ExplorationResult Run(Scenario scenario, uint schedules, uint seed)
    {
        ExplorationResult total = new(scenario.Name, 0, 0, 0, null, "");
        for (int i = 0; i < s_strategies.Length && total.Failure is null; i++)
        {
            uint share = schedules * (uint)(i + 1) / (uint)s_strategies.Length
                - schedules * (uint)i / (uint)s_strategies.Length;
            Configuration configuration = s_strategies[i](Configure(scenario))
                .WithTestingIterations(share)
                .WithRandomGeneratorSeed(seed);
            total = total.And(Run(scenario, configuration));
        }

        return total;
    }

    /// <summary>Goes through the one schedule that a trace describes.</summary>
    public static ExplorationResult Replay(Scenario scenario, string trace) =>
        Run(scenario, Configure(scenario).WithTestingIterations(1).WithReproducibleTrace(trace));

    // Strict: whatever the explorer cannot see or steer is a failure, not a gap.
    private static Configuration Configure(Scenario scenario) => Configuration.Create()
        .WithTelemetryEnabled(false)
        .WithVerbosityEnabled(Microsoft.Coyote.Logging.VerbosityLevel.None)
        .WithPartiallyControlledConcurrencyAllowed(false)
        .WithPartiallyControlledDataNondeterminismAllowed(false)
        .WithMaxSchedulingSteps(MaxSteps, MaxSteps)
        .WithAtomicOperationRaceCheckingEnabled()
        .WithVolatileOperationRaceCheckingEnabled()
        .WithMemoryAccessRaceCheckingEnabled(scenario.AtEveryMemoryAccess)
        .WithDeadlockTimeout(10_000);

    private static ExplorationResult Run(Scenario scenario, Configuration configuration)
    {
        using TestingEngine engine = TestingEngine.Create(configuration, scenario.RunAsync);

        // It tells the console about its progress.
        TextWriter console = Console.Out;
        Console.SetOut(TextWriter.Null);
        engine.Run();
        Console.SetOut(console);
        TestReport report = engine.TestReport;
        string? failure = report.BugReports.Concat(report.InternalErrors).FirstOrDefault();
        uint explored = (uint)(report.NumOfExploredFairPaths + report.NumOfExploredUnfairPaths);
        return new ExplorationResult(
            scenario.Name,
            explored,
            report.MaxFairStepsHitInFairTests,
            report.MaxExploredFairSteps,
            failure,
            engine.ReproducibleTrace);
    }
}

/// <summary>What an exploration has shown.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Schedules">How many were gone through.</param>
/// <param name="CutOff">How many of them did not end within the step limit.</param>
/// <param name="MostSteps">Steps of the longest.</param>
/// <param name="Failure">What went wrong; null when nothing did.</param>
/// <param name="Trace">The schedule that failed.</param>
internal sealed record ExplorationResult(
    string Scenario, uint Schedules, int CutOff, int MostSteps, string? Failure, string Trace)
{
    public ExplorationResult And(ExplorationResult next) => next with
    {
        Schedules = Schedules + next.Schedules,
        CutOff = CutOff + next.CutOff,
        MostSteps = Math.Max(MostSteps, next.MostSteps),
    };
}
