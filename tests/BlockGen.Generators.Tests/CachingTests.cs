using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace BlockGen.Generators.Tests;

/// <summary>What an edit may re-run, step by step.</summary>
public class CachingTests
{
    private const string Elsewhere = "class Elsewhere { int Before; }";

    private const string Edited = "class Elsewhere { long After; string More; }";

    private static readonly Dictionary<string, Edits> EditsOf = new()
    {
        ["PlainHeader"] = new(
            "[PowerOfTwo(Min = 1, Max = 16)]",
            "[PowerOfTwo(Min = 1, Max = 32)]",
            [DiskStructGenerator.ParseStep, DiskStructGenerator.ModelStep]),
        ["Entries"] = new(
            "[EntryIs(MappingKind.Zero, Equal = 0xFFFFFFFE)]",
            "[EntryIs(MappingKind.Zero, Equal = 0xFFFFFFFD)]",
            [TableEntryGenerator.ParseStep, TableEntryGenerator.ModelStep]),
        ["SampleOptions"] = new(
            "[Option(\"lazy\")]",
            "[Option(\"eager\")]",
            [CreateOptionsGenerator.ParseStep, CreateOptionsGenerator.ModelStep]),
        ["SampleFormats"] = new(
            "[FormatList]",
            "[FormatList] /* the same by another name */ public static partial class Others; [FormatList]",
            [FormatListGenerator.ListStep]),
    };

    [Theory]
    [InlineData("PlainHeader")]
    [InlineData("Entries")]
    [InlineData("SampleOptions")]
    [InlineData("SampleFormats")]
    public void An_edit_elsewhere_re_runs_no_output(string name)
    {
        GeneratorRun run = GeneratorRun.Of(Declaration.Text(name), Elsewhere).Edit(1, Edited);
        Assert.All(EditsOf[name].Steps, step => run.AssertAll(step, Cached, Unchanged));
        run.AssertOutputs(Cached);
    }

    [Theory]
    [InlineData("PlainHeader")]
    [InlineData("Entries")]
    [InlineData("SampleOptions")]
    [InlineData("SampleFormats")]
    public void A_comment_in_the_declaration_re_runs_no_output(string name)
    {
        GeneratorRun run = Replace(name, EditsOf[name].Line, "// A comment.\n" + EditsOf[name].Line);
        Assert.All(EditsOf[name].Steps, step => run.AssertAll(step, Cached, Unchanged));
        run.AssertOutputs(Cached);
    }

    [Theory]
    [InlineData("PlainHeader")]
    [InlineData("Entries")]
    [InlineData("SampleOptions")]
    public void A_changed_rule_is_generated_again_and_nothing_else(string name)
    {
        GeneratorRun run = Replace(name, EditsOf[name].Line, EditsOf[name].Changed);
        Assert.All(EditsOf[name].Steps, step => Assert.Single(run.Reasons(step), Modified));
        Assert.Single(run.OutputReasons(), Modified);
    }

    [Fact]
    public void Another_list_leaves_the_first_alone()
    {
        GeneratorRun run = Replace("SampleFormats", EditsOf["SampleFormats"].Line, EditsOf["SampleFormats"].Changed);
        Assert.Equal(2, run.Result.GeneratedTrees.Length);
        Assert.DoesNotContain(Removed, run.OutputReasons());
    }

    private const string Driver =
        """
        using BlockGen;

        [ImageFormat("raw"), IdentityLookup]
        public sealed partial class RawImage
        {
            [GuestSize] private ulong Size => 1;
        }
        """;

    [Fact]
    public void An_edit_inside_a_driver_re_runs_no_list()
    {
        string[] sources = [Declaration.Text("SampleFormats"), Driver];
        GeneratorRun run = GeneratorRun.Of([new FormatListGenerator()], sources).Edit(1, Driver.Replace("=> 1", "=> 2"));
        run.AssertAll(FormatListGenerator.FormatStep, Cached, Unchanged);
        run.AssertAll(FormatListGenerator.FormatsStep, Cached, Unchanged);
        run.AssertAll(FormatListGenerator.ListStep, Cached, Unchanged);
        run.AssertOutputs(Cached);
    }

    [Fact]
    public void A_driver_with_another_name_is_listed_again()
    {
        string[] sources = [Declaration.Text("SampleFormats"), Driver];
        GeneratorRun run = GeneratorRun.Of([new FormatListGenerator()], sources).Edit(1, Driver.Replace("RawImage", "Other"));
        run.AssertAll(FormatListGenerator.FormatStep, Modified);
        run.AssertAll(FormatListGenerator.FormatsStep, Modified);
        run.AssertOutputs(Modified);
        Assert.Contains("global::Other.Format", run.Source);
    }

    [Fact]
    public void Another_structure_re_runs_only_itself()
    {
        string source = Declaration.Text("EveryFieldType");
        GeneratorRun run = GeneratorRun.Of(source).Edit(0, source.Replace("[OneOf(2, 3)]", "[OneOf(2, 3, 4)]"));
        Assert.Equal([Unchanged, Modified], run.Reasons(DiskStructGenerator.ParseStep).OrderBy(reason => reason is Modified));
        Assert.Single(run.OutputReasons(), Modified);
    }

    [Fact]
    public void A_nested_structure_that_grows_moves_what_follows_it()
    {
        string source = Declaration.Text("EveryFieldType");
        GeneratorRun run = GeneratorRun.Of(source).Edit(0, source.Replace("ReservedBefore(3)", "ReservedBefore(4)"));
        run.AssertAll(DiskStructGenerator.ModelStep, Modified);
    }

    [Fact]
    public void Every_named_step_is_free_of_compilations()
    {
        string[] sources = [.. Declaration.Names.Select(Declaration.Text), Driver];
        GeneratorRun run = GeneratorRun.Of(sources);
        string[] named = [.. run.Result.Results.SelectMany(result => result.TrackedSteps.Keys).Where(RunReasons.IsOurs).Distinct().Order()];
        Assert.Equal(
        [
            CreateOptionsGenerator.ModelStep,
            CreateOptionsGenerator.ParseStep,
            DiskStructGenerator.ModelStep,
            DiskStructGenerator.ParseStep,
            FormatListGenerator.FormatStep,
            FormatListGenerator.FormatsStep,
            FormatListGenerator.ListStep,
            ImageGenerator.ModelStep,
            ImageGenerator.ParseStep,
            TableEntryGenerator.ModelStep,
            TableEntryGenerator.ParseStep,
        ],
        named);
        Assert.Empty(LeakGuard.Leaks(run.Result, RunReasons.IsOurs));
    }

    [Fact]
    public void The_guard_finds_a_symbol_that_a_model_hides()
    {
        GeneratorRun run = GeneratorRun.Of([new LeakyGenerator()], Declaration.Text("PlainHeader"));
        string leak = Assert.Single(LeakGuard.Leaks(run.Result, step => step == LeakyGenerator.ModelStep));
        Assert.Contains("Holders", leak);
    }

    private static GeneratorRun Replace(string name, string line, string by)
    {
        string source = Declaration.Text(name);
        Assert.Contains(line, source);
        return GeneratorRun.Of(source, Elsewhere).Edit(0, source.Replace(line, by));
    }

    /// <param name="Line">A line of the declaration.</param>
    /// <param name="Changed">What makes another model of it.</param>
    /// <param name="Steps">The steps that see it.</param>
    private sealed record Edits(string Line, string Changed, string[] Steps);
}
