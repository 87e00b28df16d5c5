using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace BlockGen.Generators.Tests.Images;

/// <summary>What an edit of a driver regenerates.</summary>
public class ImageCachingTests
{
    private const string Elsewhere = "class Elsewhere { int Before; }";

    private const int DriverCount = 50;

    private static readonly string[] ImageSteps = [ImageGenerator.ParseStep, ImageGenerator.ModelStep];

    [Theory]
    [InlineData(
        "a comment above a field",
        "[PowerOfTwo(Min = 1 << 12",
        "// A comment.\n    [PowerOfTwo(Min = 1 << 12")]
    [InlineData("a renamed local in the allocator", "wanted", "asked")]
    [InlineData("another body of a marked member", "=> Header.DiskBytes;", "=> Header.DiskBytes / 512 * 512;")]
    [InlineData("a wider magic", "public uint Magic", "public ulong Magic", "Header0")]
    [InlineData("a changed rule on one field", "[MultipleOf(512)]", "[MultipleOf(4096)]", "Header0")]
    [InlineData("a changed write order", "Step.Flush, Step.Root)", "Step.Flush, Step.Flush, Step.Root)", "Image0")]
    [InlineData("another line of an entry", "Zero, Equal = 1", "Zero, Equal = 3", "LeafEntry0")]
    [InlineData("an entry without zeroes", "[EntryIs(MappingKind.Zero, Equal = 1)]", "", "Image0", "LeafEntry0")]
    [InlineData("another default of an option", "= 65536", "= 4096")]
    [InlineData("another option", "\"cluster_size\"", "\"cluster\"", "Options0")]
    [InlineData("a renamed member", " GuestSize =>", " Bytes =>", "Image0")]
    [InlineData("a summary that says something else", "two levels of tables.", "two levels.", "Image0")]
    [InlineData("a renamed header", "Header0", "Head0", "Head0", "Image0")]
    public void An_edit_regenerates(string edit, string text, string replacement, params string[] regenerated)
    {
        string source = ManyDrivers.Sources(1)[0];
        Assert.True(source.Contains(text, StringComparison.Ordinal), edit);
        GeneratorRun run = GeneratorRun.Of(source, Elsewhere).Edit(0, source.Replace(text, replacement));
        Assert.Equal(regenerated, Changed(run, Modified));
        Assert.Equal(regenerated.Contains("Image0"), run.Reasons(ImageGenerator.ModelStep).Contains(Modified));
        if (!regenerated.Contains("Image0"))
        {
            Assert.All(ImageSteps, step => run.AssertAll(step, Cached, Unchanged));
        }
    }

    [Fact]
    public void A_new_driver_in_another_file_regenerates_nothing_else()
    {
        string[] sources = ManyDrivers.Sources(2);
        GeneratorRun run = GeneratorRun.Of(sources[0], Elsewhere).Edit(1, sources[1]);
        Assert.Empty(Changed(run, Modified));
        Assert.Equal(["Header1", "Image1", "LeafEntry1", "Options1", "RootEntry1"], Changed(run, New));
        Assert.Equal([Unchanged, New], run.Reasons(ImageGenerator.ParseStep));
    }

    [Fact]
    public void A_new_driver_changes_the_list_of_formats_and_nothing_else()
    {
        const string List = "[BlockGen.FormatList] public static partial class Formats;";
        string[] sources = ManyDrivers.Sources(2);
        GeneratorRun run = GeneratorRun.Of(List, sources[0], Elsewhere).Edit(2, sources[1]);
        Assert.Equal(["Formats"], Changed(run, Modified));
        Assert.Equal([Modified], run.Reasons(FormatListGenerator.FormatsStep));
        run.AssertAll(FormatListGenerator.ListStep, Cached, Unchanged);
    }

    [Fact]
    public void Of_fifty_drivers_an_edit_elsewhere_regenerates_none()
    {
        GeneratorRun run = GeneratorRun.Of([Elsewhere, .. ManyDrivers.Sources(DriverCount)])
            .Edit(0, "class Elsewhere { long After; string More; }");
        Assert.Equal(Enumerable.Repeat(Cached, DriverCount * ManyDrivers.FilesPerDriver), run.OutputReasons());
    }

    [Fact]
    public void Of_fifty_drivers_an_edit_in_one_regenerates_its_files()
    {
        string[] sources = ManyDrivers.Sources(DriverCount);
        GeneratorRun run = GeneratorRun.Of(sources)
            .Edit(7, sources[7].Replace("ByteOrder.Little", "ByteOrder.Big").Replace(" GuestSize =>", " Bytes =>").Replace("\"size\"", "\"bytes\""));
        Assert.Equal(["Header7", "Image7", "LeafEntry7", "Options7", "RootEntry7"], Changed(run, Modified));
        Assert.Equal(ManyDrivers.FilesPerDriver, run.OutputReasons().Count(reason => reason is Modified));
        Assert.Equal((DriverCount - 1) * ManyDrivers.FilesPerDriver, run.OutputReasons().Count(reason => reason is Cached));
    }

    [Fact]
    public void Every_shape_is_free_of_compilations()
    {
        GeneratorRun run = GeneratorRun.Of([.. ImageDeclaration.Names.Select(ImageDeclaration.Text)]);
        Assert.Equal(ImageDeclaration.Names.Count(), run.Reasons(ImageGenerator.ModelStep).Length);
        Assert.Empty(LeakGuard.Leaks(run.Result, RunReasons.IsOurs));
    }

    /// <summary>The types whose files have that outcome.</summary>
    private static IEnumerable<string> Changed(GeneratorRun run, IncrementalStepRunReason outcome) => run.Result.Results
        .SelectMany(result => result.TrackedOutputSteps)
        .SelectMany(pair => pair.Value)
        .Where(step => step.Outputs.Any(output => output.Reason == outcome))
        .SelectMany(step => step.Inputs.Select(input => TypeOf(input.Source.Outputs[input.OutputIndex].Value)))
        .Order(StringComparer.Ordinal);

    private static string TypeOf(object model) => model switch
    {
        DiskStructModel structure => structure.Type.Name,
        TableEntryModel entry => entry.Type.Name,
        CreateOptionsModel options => options.Type.Name,
        ImageModel image => image.Type.Name,
        (FormatListModel list, _) => list.Type.Name,
        _ => throw new ArgumentException($"{model.GetType()} is no model", nameof(model)),
    };
}
