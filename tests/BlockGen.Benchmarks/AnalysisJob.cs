using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using Basic.Reference.Assemblies;
using BlockGen.Analyzers;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BlockGen.Benchmarks;

/// <summary>
/// Edits one file of the shipped drivers, as an author does, and prints how long it takes until all of them are
/// generated and analyzed again.
/// </summary>
internal static class AnalysisJob
{
    private const int WarmUps = 5;
    private const int Runs = 15;
    private const string EditedFile = "QedImage.cs";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14);

    private static readonly string s_root = typeof(AnalysisJob).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "DriversRoot").Value!;

    private static readonly MetadataReference[] s_references =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(DiskStructAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ZstdSharp.Decompressor).Assembly.Location),
    ];

    /// <summary>Prints the median milliseconds.</summary>
    public static async Task<int> RunAsync()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "BlockGen.Drivers",
            Sources().Select(source => CSharpSyntaxTree.ParseText(source.Text, s_parse, source.Path)),
            s_references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                allowUnsafe: true));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(All<IIncrementalGenerator>(typeof(ImageGenerator))
            .Select(generator => generator.AsSourceGenerator()), parseOptions: s_parse);
        List<double> milliseconds = [];
        for (int run = 0; run < WarmUps + Runs; run++)
        {
            SyntaxTree before = compilation.SyntaxTrees.Single(tree => Path.GetFileName(tree.FilePath) == EditedFile);
            SourceText text = await before.GetTextAsync().ConfigureAwait(false);
            int brace = text.ToString().LastIndexOf('}');
            string member = $"    private int Added{run} => {run};\n";
            SyntaxTree after = before.WithChangedText(text.Replace(brace, 0, member));
            compilation = compilation.ReplaceSyntaxTree(before, after);

            long start = Stopwatch.GetTimestamp();
            driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation whole, out _);
            ImmutableArray<Diagnostic> found = await whole
                .WithAnalyzers([.. All<DiagnosticAnalyzer>(typeof(ImageFormatAnalyzer))])
                .GetAnalyzerDiagnosticsAsync(CancellationToken.None).ConfigureAwait(false);
            double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!found.IsEmpty || whole.GetDiagnostics().Any(known => known.Severity is DiagnosticSeverity.Error))
            {
                throw new InvalidOperationException(string.Join('\n', found.Concat(whole.GetDiagnostics())));
            }

            if (run >= WarmUps)
            {
                milliseconds.Add(elapsed);
            }
        }

        milliseconds.Sort();
        Console.WriteLine($"{milliseconds[Runs / 2]:F1}");
        return 0;
    }

    private static IEnumerable<(string Path, string Text)> Sources()
    {
        char separator = Path.DirectorySeparatorChar;
        IEnumerable<(string, string)> files = Directory.EnumerateFiles(s_root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{separator}obj{separator}", StringComparison.Ordinal)
                && !path.Contains($"{separator}bin{separator}", StringComparison.Ordinal))
            .Select(path => (path, File.ReadAllText(path)));
        const string usings =
            """
            global using System;
            global using System.Collections.Generic;
            global using System.IO;
            global using System.Linq;
            global using System.Threading;
            global using System.Threading.Tasks;
            """;
        return files.Append(("GlobalUsings.cs", usings));
    }

    private static IEnumerable<TPart> All<TPart>(Type any) => any.Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(TPart)) && !type.IsAbstract)
        .Select(type => (TPart)Activator.CreateInstance(type)!);
}
