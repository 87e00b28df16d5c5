using Microsoft.CodeAnalysis;

namespace BlockGen.Generators.Tests;

/// <summary>Malformed declarations are described, generate nothing and break nothing.</summary>
public class MalformedTests
{
    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, Malformed.All.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_malformed_declaration_is_described_and_generates_nothing(int index)
    {
        (ProblemKind kind, string source, string message) = Malformed.All[index];
        GeneratorRun run = GeneratorRun.Of("using BlockGen;\n" + source);

        Assert.Contains(DeclarationProblems.Of(run.Input), problem =>
            problem.Kind == kind && ProblemMessages.Message(problem) == message);
        Assert.All(DeclarationProblems.Of(run.Input), problem =>
            Assert.Equal("Source0.cs", problem.Place.ToLocation().GetLineSpan().Path));
        Assert.Empty(run.Reported);
        Assert.Empty(run.Result.GeneratedTrees);
    }

    [Fact]
    public void Every_problem_has_a_case_and_words() =>
        Assert.Equal(
            Enum.GetValues<ProblemKind>().Where(kind => kind < ProblemKind.NotSealedClass),
            Malformed.All.Select(each => each.Kind).Distinct().Order());

    [Fact]
    public void Sound_declarations_have_no_problem() =>
        Assert.Empty(DeclarationProblems.Of(GeneratorRun.Of([.. Declaration.Names.Select(Declaration.Text)]).Input));

    [Fact]
    public void Two_attributes_on_two_declarations_give_one_file()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            using BlockGen;

            [DiskStruct(ByteOrder.Little)]
            public readonly partial record struct Twice
            {
                public int A { get; init; }
            }

            [DiskStruct(ByteOrder.Big)]
            public readonly partial record struct Twice;
            """);
        Assert.Empty(run.Reported);
        Assert.Contains("ReadInt32LittleEndian", run.Source);
    }

    private const int MutationCount = 6;

    public static TheoryData<string> Declarations() => [.. Declaration.Names];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Without_any_one_of_its_lines_a_declaration_generates_nothing_that_fails(string name)
    {
        string[] lines = Declaration.Text(name).Split('\n');
        AssertNoNewErrors(name, lines.Select((line, left) =>
            ($"without line {left + 1}: {line}", string.Join('\n', lines.Where((_, index) => index != left)))));
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void With_any_two_lines_swapped_a_declaration_generates_nothing_that_fails(string name)
    {
        string[] lines = Declaration.Text(name).Split('\n');
        AssertNoNewErrors(name, Enumerable.Range(0, lines.Length - 1).Select(at =>
            ($"with line {at + 1} after the next: {lines[at]}",
                string.Join('\n', lines.Take(at).Append(lines[at + 1]).Append(lines[at]).Concat(lines.Skip(at + 2))))));
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Without_any_one_of_its_words_a_declaration_generates_nothing_that_fails(string name)
    {
        string source = Declaration.Text(name);
        SyntaxToken[] tokens = [.. GeneratorRun.Of([], source).Input.SyntaxTrees[0].GetRoot().DescendantTokens()];
        AssertNoNewErrors(name, tokens.Select(token =>
        {
            int line = token.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            return ($"without '{token}' in line {line}", source.Remove(token.SpanStart, token.Span.Length));
        }));
    }

    // An error in a generated tree is ours; the author's own errors are the author's.
    private static void AssertNoNewErrors(string name, IEnumerable<(string Damage, string Source)> damaged)
    {
        GeneratorRun sound = GeneratorRun.Of(Declaration.Text(name));
        List<string> failures = [];
        int tried = 0;
        foreach ((string damage, string source) in Thoroughness.Sample([.. damaged], MutationCount))
        {
            tried++;
            GeneratorRun run = sound.Edit(0, source);
            failures.AddRange(run.Reported.Select(crash => $"{damage}: {crash}"));
            failures.AddRange(run.GeneratedErrors.Take(1).Select(error => $"{damage}: {error}"));
        }

        Assert.True(tried > 3);
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
