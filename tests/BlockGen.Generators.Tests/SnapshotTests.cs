namespace BlockGen.Generators.Tests;

/// <summary>The text of generated files, as a reviewer sees it.</summary>
public class SnapshotTests
{
    [Fact]
    public void PlainHeader() => Match(Sample.PlainHeader);

    [Fact]
    public void EveryFieldType() => Match(Sample.EveryFieldType);

    [Fact]
    public void Entries() => Match(Sample.Entries);

    private static void Match(string source, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        GeneratorRun run = GeneratorRun.Of(source);
        Assert.Empty(run.Reported);
        Assert.NotEmpty(run.Result.GeneratedTrees);
        foreach (Microsoft.CodeAnalysis.SyntaxTree tree in run.Result.GeneratedTrees)
        {
            Snapshot.Match(tree.ToString(), Path.GetFileName(tree.FilePath).Replace(".g.cs", ""), name);
        }

        Assert.Empty(run.Errors);
    }
}
