using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace BlockGen.Generators.Tests;

/// <summary>Why the steps of a run have the outputs they have.</summary>
internal static class RunReasons
{
    /// <summary>Whether a named step is one of this project's: the compiler names steps too, without a dot.</summary>
    public static bool IsOurs(string step) => step.Contains('.');

    public static IncrementalStepRunReason[] Reasons(this GeneratorRun run, string step) =>
        Of(run.Result.Results.SelectMany(result => result.TrackedSteps).Where(pair => pair.Key == step));

    public static IncrementalStepRunReason[] OutputReasons(this GeneratorRun run) =>
        Of(run.Result.Results.SelectMany(result => result.TrackedOutputSteps));

    public static void AssertAll(this GeneratorRun run, string step, params IncrementalStepRunReason[] allowed)
    {
        IncrementalStepRunReason[] reasons = run.Reasons(step);
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.Contains(reason, allowed));
    }

    public static void AssertOutputs(this GeneratorRun run, IncrementalStepRunReason expected)
    {
        IncrementalStepRunReason[] reasons = run.OutputReasons();
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.Equal(expected, reason));
    }

    private static IncrementalStepRunReason[] Of(
        IEnumerable<KeyValuePair<string, ImmutableArray<IncrementalGeneratorRunStep>>> steps) =>
        [.. steps.SelectMany(pair => pair.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)];
}
