using BlockGen.Concurrency.Tests.Bugs;
using BlockGen.Concurrency.Tests.Exploring;

namespace BlockGen.Concurrency.Tests;

/// <summary>The bugs that <c>tests/run.sh --schedules</c> hunts can be put into the runtime as it is now.</summary>
public sealed class BugTests
{
    public static TheoryData<string> Names => [.. SeededBugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bug_applies(string name)
    {
        SeededBug bug = SeededBugs.All.Single(bug => bug.Name == name);
        string source = File.ReadAllText(Path.Combine(MutatedRuntime.SourceFolder, bug.File));
        Assert.NotEqual(source, bug.Apply(source));
        Assert.Contains(Scenarios.All, scenario => scenario.Name == bug.Scenario);
    }

    [Fact]
    public async Task A_bug_is_caught()
    {
        SeededBug bug = SeededBugs.All.Single(bug => bug.Name == "given-up-admits-nobody");
        (bool isCaught, string report) = await BugHunt.RunAsync(bug, schedules: 200);
        Assert.True(isCaught, report);
    }
}
