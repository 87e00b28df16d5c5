namespace BlockGen.Generators.Tests.Images;

/// <summary>Malformed image formats are described, generate no driver and break nothing.</summary>
public class ImageMalformedTests
{
    private const int MutationCount = 6;

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, MalformedImages.All.Length)];

    public static TheoryData<string> Declarations() => [.. ImageDeclaration.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_malformed_format_is_described_and_generates_no_driver(int index)
    {
        (ProblemKind kind, (string Old, string New)[] edits, string message) = MalformedImages.All[index];
        string source = MalformedImages.Sound;
        foreach ((string old, string replacement) in edits)
        {
            Assert.Contains(old, source);
            source = source.Replace(old, replacement);
        }

        GeneratorRun run = GeneratorRun.Of([new ImageGenerator()], source);
        Problem[] problems = [.. DeclarationProblems.Of(run.Input)];
        Assert.True(
            problems.Any(problem => problem.Kind == kind && ProblemMessages.Message(problem) == message),
            $"{message}\nnot in\n{string.Join('\n', problems.Select(ProblemMessages.Message))}");
        Assert.All(problems, problem => Assert.Equal("Source0.cs", problem.Place.Path));
        Assert.Empty(run.Reported);
        Assert.Empty(run.Result.GeneratedTrees);
    }

    [Fact]
    public void The_driver_they_are_made_from_is_sound()
    {
        GeneratorRun run = GeneratorRun.Of(MalformedImages.Sound);
        Assert.Empty(DeclarationProblems.Of(run.Input));
        Assert.Empty(run.Errors);
        Assert.Contains(run.Result.GeneratedTrees, tree => tree.FilePath.EndsWith("T.g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_problem_of_formats_has_a_case() =>
        Assert.Equal(
            Enum.GetValues<ProblemKind>().Where(kind => kind >= ProblemKind.NotSealedClass),
            MalformedImages.All.Select(each => each.Kind).Where(kind => kind >= ProblemKind.NotSealedClass).Distinct().Order());

    [Fact]
    public void Sound_formats_have_no_problem_with_and_without_their_generated_part()
    {
        GeneratorRun run = GeneratorRun.Of([.. ImageDeclaration.Names.Select(ImageDeclaration.Text)]);
        Assert.Empty(DeclarationProblems.Of(run.Input));
        Assert.Empty(DeclarationProblems.Of(run.Output));
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Without_any_one_of_its_lines_a_driver_generates_nothing_that_fails(string name)
    {
        string[] lines = ImageDeclaration.Text(name).Split('\n');
        AssertNoNewErrors(name, [.. lines.Select((line, left) =>
            ($"without line {left + 1}: {line}", string.Join('\n', lines.Where((_, index) => index != left))))]);
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Without_any_one_of_its_words_a_driver_generates_nothing_that_fails(string name)
    {
        string source = ImageDeclaration.Text(name);
        string[] words = source.Split(' ');
        AssertNoNewErrors(name, [.. words.Select((word, left) =>
            ($"without '{word}'", string.Join(' ', words.Where((_, index) => index != left))))]);
    }

    // An error in a generated tree is ours; what the author's tree lacks after a mistake is the author's.
    private static void AssertNoNewErrors(string name, (string Damage, string Source)[] damaged)
    {
        GeneratorRun sound = GeneratorRun.Of(ImageDeclaration.Text(name));
        Assert.Empty(sound.GeneratedErrors);
        List<string> failures = [];
        foreach ((string damage, string source) in Thoroughness.Sample(damaged, MutationCount))
        {
            GeneratorRun run = sound.Edit(0, source);
            failures.AddRange(run.Reported.Select(crash => $"{damage}: {crash}"));
            failures.AddRange(run.GeneratedErrors.Take(1).Select(error => $"{damage}: {error}"));
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
