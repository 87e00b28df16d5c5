using System.Diagnostics;
using Basic.Reference.Assemblies;
using BlockGen.Generators;
using BlockGen.Generators.Tests.Images;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BlockGen.Benchmarks;

/// <summary>Generates drivers as a compiler does that has not seen them before, and prints how long it takes.</summary>
internal static class GeneratorJob
{
    private const int Runs = 9;
    private const string GlobalUsings = "global using System; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] s_references =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(DiskStructAttribute).Assembly.Location),
    ];

    /// <summary>Prints the median milliseconds of cold runs over so many drivers, one a file.</summary>
    public static int Run(int driverCount)
    {
        // The code of the generators and the compiler is compiled by runs over another compilation.
        SyntaxTree[] others = Parse(driverCount, source => source.Replace("Sample.Drivers", "Warm.Up"));
        for (int run = 0; run < Runs; run++)
        {
            Generate(others, driverCount);
        }

        SyntaxTree[] trees = Parse(driverCount, source => source);
        double[] milliseconds = [.. Enumerable.Range(0, Runs).Select(_ => Generate(trees, driverCount)).Order()];
        Console.WriteLine($"{milliseconds[Runs / 2]:F1}");
        return 0;
    }

    private static SyntaxTree[] Parse(int driverCount, Func<string, string> edit) =>
    [
        .. ManyDrivers.Sources(driverCount).Append(GlobalUsings)
            .Select((source, index) => CSharpSyntaxTree.ParseText(edit(source), s_parse, $"Source{index}.cs")),
    ];

    private static double Generate(SyntaxTree[] trees, int driverCount)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Sample", trees, s_references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        IIncrementalGenerator[] generators =
        [
            new DiskStructGenerator(), new TableEntryGenerator(), new CreateOptionsGenerator(), new FormatListGenerator(),
            new ImageGenerator(),
        ];
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            generators.Select(generator => generator.AsSourceGenerator()), parseOptions: s_parse);
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        int files = driver.GetRunResult().GeneratedTrees.Length;
        return files == driverCount * ManyDrivers.FilesPerDriver
            ? milliseconds
            : throw new InvalidOperationException($"{files} files were generated for {driverCount} drivers");
    }
}
