using BlockGen.Concurrency.Tests.Bugs;
using BlockGen.Concurrency.Tests.Exploring;

namespace BlockGen.Concurrency.Tests;

/// <summary>
/// Every scenario under some schedules, others each time. <c>BLOCKGEN_SCHEDULES</c> says how many;
/// <c>tests/run.sh --schedules</c> goes through thousands.
/// </summary>
public sealed class ScheduleTests
{
    private static readonly uint s_schedules =
        uint.TryParse(Environment.GetEnvironmentVariable("BLOCKGEN_SCHEDULES"), out uint schedules) ? schedules : 200;

    public static TheoryData<string> Names => [.. Scenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_goes_well_under_every_schedule(string scenario)
    {
        string output = await BugHunt.ExploreAsync(
            Path.Combine(AppContext.BaseDirectory, "rewritten"), scenario, s_schedules);
        Assert.True(output.StartsWith($"{scenario}: ", StringComparison.Ordinal), output);
        Assert.Contains($" {s_schedules} schedules", output, StringComparison.Ordinal);
    }
}
