using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Emit;

namespace BlockGen.Generators.Tests.Tutorial;

/// <summary>Every line of code in the tutorial is compiled with the generators and run on an image.</summary>
public sealed partial class TutorialTests
{
    private static readonly string s_page =
        Path.GetFullPath(Path.Combine(Declaration.ProjectRoot, "..", "..", "src", "docs", "writing-a-driver.md"));

    private static readonly string[] s_formats = ["cloop", "Bochs"];

    public static TheoryData<string> Formats => new(s_formats);

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_it_builds_compiles_without_a_warning_and_reads_an_image(string format)
    {
        (byte[] file, byte[] disk) = format == "cloop" ? TutorialImages.Cloop() : TutorialImages.Bochs();
        GeneratorRun run = GeneratorRun.OfProgram([.. Files(format).Values]);
        Assert.Empty(run.Reported);
        Assert.Empty(run.Errors);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("blockgen-tutorial-");
        try
        {
            string image = Path.Combine(folder.FullName, "image");
            string copy = Path.Combine(folder.FullName, "copy");
            await File.WriteAllBytesAsync(image, file);
            await RunAsync(run, image, copy);
            Assert.Equal(disk, await File.ReadAllBytesAsync(copy));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Its_drivers_are_the_ones_that_ship(string format)
    {
        string tutorial = WithoutComments(Files(format).Single(file => file.Key != "Program.cs").Value);
        string shipped = WithoutComments(string.Concat(
            ImageDeclaration.Driver(format == "cloop" ? "Cloop" : "Bochs")));
        IEnumerable<string> lines = shipped.Split('\n').Where(line => !line.StartsWith("namespace", StringComparison.Ordinal));
        Assert.Equal(
            lines.Order(),
            tutorial.Split('\n')
                .Where(line => !line.StartsWith("using", StringComparison.Ordinal))
                .Where(line => !line.StartsWith("namespace", StringComparison.Ordinal))
                .Order());
    }

    [Fact]
    public void Every_block_of_code_belongs_to_a_file_of_a_format()
    {
        string page = File.ReadAllText(s_page);
        int blocks = CodeBlock().Count(page);
        Assert.Equal(page.Split("```").Length / 2, blocks);
        Assert.Equal(blocks, s_formats.Sum(format => CodeBlock().Count(Section(page, format))));
    }

    private static async Task RunAsync(GeneratorRun run, params string[] arguments)
    {
        using MemoryStream assembly = new();
        EmitResult emitted = run.Output.Emit(assembly);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        MethodInfo main = Assembly.Load(assembly.ToArray()).GetTypes()
            .Single(type => type.Name == "Program")
            .GetMethod("<Main>$", BindingFlags.NonPublic | BindingFlags.Static)!;
        await (Task)main.Invoke(null, [arguments])!;
    }

    /// <summary>The files that a section's blocks make, in the order of the page.</summary>
    private static Dictionary<string, string> Files(string format)
    {
        Dictionary<string, StringBuilder> files = [];
        foreach (Match block in CodeBlock().Matches(Section(File.ReadAllText(s_page), format)))
        {
            string name = block.Groups["file"].Value;
            files.TryAdd(name, new StringBuilder());
            files[name].AppendLine(block.Groups["code"].Value);
        }

        return files.ToDictionary(file => file.Key, file => file.Value.ToString());
    }

    private static string Section(string page, string format) =>
        page.Split("\n## ").Single(section => section.StartsWith(format + ":", StringComparison.Ordinal));

    private static string WithoutComments(string code) => string.Join('\n', code.Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex(@"^```csharp (?<file>\w+\.cs)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
