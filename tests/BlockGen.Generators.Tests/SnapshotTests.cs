using Microsoft.CodeAnalysis;

namespace BlockGen.Generators.Tests;

/// <summary>The text of generated files, as a reviewer sees it; each compiles without a warning.</summary>
public class SnapshotTests
{
    private const string TwoFormats =
        """
        using BlockGen;

        namespace Drivers
        {
            [ImageFormat("zed"), IdentityLookup]
            public sealed partial class ZedImage
            {
                [GuestSize] private ulong GuestSize => Storage.Length;
            }

            [ImageFormat("Raw"), IdentityLookup]
            public sealed partial class RawImage
            {
                [GuestSize] private ulong GuestSize => Storage.Length;
            }

            [ImageFormat("malformed")]
            public sealed partial class MalformedImage;
        }
        """;

    [Theory]
    [InlineData("PlainHeader", 1)]
    [InlineData("EveryFieldType", 2)]
    [InlineData("Names", 1)]
    [InlineData("SeveralMagics", 1)]
    [InlineData("Entries", 4)]
    [InlineData("SampleOptions", 1)]
    public void Generated_code_is_as_reviewed(string name, int files) =>
        Match(name, GeneratorRun.AllGenerators, files, Declaration.Text(name));

    [Fact]
    public void Formats_are_listed_in_the_order_of_their_names() =>
        Match("SampleFormats", [new FormatListGenerator()], 1, Declaration.Text("SampleFormats"), TwoFormats);

    [Fact]
    public void A_missing_snapshot_fails()
    {
        string folder = Path.Combine(Declaration.ProjectRoot, "Snapshots");
        try
        {
            Assert.Throws<Xunit.Sdk.FailException>(() => Snapshot.Match("text", "Missing", "Nowhere", accept: false));
        }
        finally
        {
            File.Delete(Path.Combine(folder, "Missing#Nowhere.received.cs"));
        }
    }

    private static void Match(string name, IIncrementalGenerator[] generators, int files, params string[] sources)
    {
        GeneratorRun run = GeneratorRun.Of(generators, sources);
        Assert.Empty(run.Reported);
        Assert.Equal(files, run.Result.GeneratedTrees.Length);
        foreach (SyntaxTree tree in run.Result.GeneratedTrees)
        {
            string hint = Path.GetFileName(tree.FilePath).Replace(".g.cs", "").Split('.').Last();
            Snapshot.Match(tree.ToString(), name, hint, Snapshot.Accepts);
        }

        Assert.Empty(GeneratorRun.Of(sources).Errors);
    }
}
