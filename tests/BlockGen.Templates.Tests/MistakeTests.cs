namespace BlockGen.Templates.Tests;

/// <summary>Mistakes of an author: the build fails, and says which one it was; where a fix is offered it builds again.</summary>
[Collection(nameof(PackagedSolution))]
public sealed class MistakeTests(MistakenProjects projects) : IClassFixture<MistakenProjects>
{
    public static TheoryData<string> Rules => [.. AuthorMistake.All.Select(mistake => mistake.Rule)];

    public static TheoryData<string> FixedRules =>
        [.. AuthorMistake.All.Where(mistake => mistake.IsFixed).Select(mistake => mistake.Rule)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_build_fails_with_the_rule(string rule) => Assert.Contains(
        ErrorsOf(rule, projects.Built), line => line.Contains($"error {rule}:", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(FixedRules))]
    public void A_fix_applied_by_a_command_makes_it_build_again(string rule)
    {
        Assert.Empty(ErrorsOf(rule, projects.Rebuilt));
        string built = $"{Path.GetFileNameWithoutExtension(MistakenProjects.ProjectOf(rule))} -> ";
        Assert.Contains(projects.Rebuilt.Split('\n'), line => line.TrimStart().StartsWith(built, StringComparison.Ordinal)
            || line.Contains($" {rule} ", StringComparison.Ordinal) && line.Contains("succeeded", StringComparison.Ordinal));
    }

    private static IEnumerable<string> ErrorsOf(string rule, string output) => output.Split('\n').Where(line =>
        line.Contains(": error ", StringComparison.Ordinal)
        && line.Contains(MistakenProjects.ProjectOf(rule), StringComparison.Ordinal));
}
