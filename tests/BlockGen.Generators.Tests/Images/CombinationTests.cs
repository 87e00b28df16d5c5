namespace BlockGen.Generators.Tests.Images;

/// <summary>Every combination of optional declarations gives a driver that compiles with warnings as errors.</summary>
public class CombinationTests
{
    private static IReadOnlyList<TableCombination> Tables =>
        Thoroughness.TriesAll ? TableCombinations.All : TableCombinations.Pairs;

    [Fact]
    public void Drivers_with_tables() => AssertSound(Tables, combination => combination.Source);

    [Fact]
    public void What_is_tried_holds_every_pair_of_choices()
    {
        int[][] sample = [.. Tables.Select(combination => combination.Choices)];
        int[] counts = TableCombinations.ChoiceCounts;
        var missing =
            from first in Enumerable.Range(0, counts.Length)
            from second in Enumerable.Range(first + 1, counts.Length - first - 1)
            from one in Enumerable.Range(0, counts[first])
            from other in Enumerable.Range(0, counts[second])
            where !sample.Any(choices => choices[first] == one && choices[second] == other)
            select (first, one, second, other);
        Assert.Empty(missing);
    }

    [Fact]
    public void Drivers_without_tables() => AssertSound(PlainCombinations.All, source => source);

    /// <summary>Compiles them all at once, each in its own namespace.</summary>
    private static void AssertSound<T>(IReadOnlyList<T> combinations, Func<T, string> source)
    {
        GeneratorRun run = GeneratorRun.Of(
        [
            SharedDeclarations.Source,
            .. combinations.Select((combination, index) =>
                $"using BlockGen;\nusing Shared;\nnamespace Combination{index};\n{source(combination)}"),
        ]);
        Assert.Empty(run.Reported);
        Assert.Empty(DeclarationProblems.Of(run.Input).Select(ProblemMessages.Message));
        Assert.Equal(combinations.Count, run.Reasons(ImageGenerator.ModelStep).Length);
        Assert.True(run.Errors.IsEmpty, string.Join('\n', run.Errors.Take(3).Select(error =>
            $"{error}\n{error.Location.SourceTree}\n")));
    }
}
