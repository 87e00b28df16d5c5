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
/// Edits one file of the shipped drivers again and again, as an author who types, and prints how long every analyzer
/// needs for what an editor shows of it: the document's semantic diagnostics, after the generators have run.
/// </summary>
internal static class EditedDocumentJob
{
    private const int WarmRuns = 20;
    private const int Runs = 21;
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(DiskStructAnalyzer).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Prints the median milliseconds of an analysis of the file, and of the generators before it.</summary>
    /// <param name="folder">The drivers.</param>
    /// <param name="file">The edited file, relative to them.</param>
    public static async Task<int> RunAsync(string folder, string file)
    {
        using AdhocWorkspace workspace = new();
        Project project = workspace.AddProject("Drivers", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp14))
            .WithCompilationOptions(new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .WithMetadataReferences(
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(DiskStructAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(ZstdSharp.Decompressor).Assembly.Location),
            ])
            .WithAnalyzerReferences([new GeneratorReference()])
            .AddDocument("Usings.cs", Usings).Project;
        foreach (string path in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, path);
            if (name.Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"))
            {
                project = project.AddDocument(name, await File.ReadAllTextAsync(path), filePath: path).Project;
            }
        }

        DocumentId edited = project.Documents.Single(document => document.Name == file).Id;
        List<double> analyses = [];
        List<double> generations = [];
        for (int run = 0; run < WarmRuns + Runs; run++)
        {
            Document document = project.GetDocument(edited)!;
            SourceText text = await document.GetTextAsync();
            project = document.WithText(text.WithChanges(new TextChange(new TextSpan(text.Length, 0), $"// {run}\n"))).Project;
            (double generation, double analysis) = await AnalyzeAsync(project.GetDocument(edited)!);
            generations.Add(generation);
            analyses.Add(analysis);
        }

        Console.WriteLine($"{Median(analyses):F1} {Median(generations):F1}");
        return 0;
    }

    private static async Task<(double Generation, double Analysis)> AnalyzeAsync(Document document)
    {
        long start = Stopwatch.GetTimestamp();
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        SemanticModel model = (await document.GetSemanticModelAsync())!;
        double generation = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Diagnostic? error = compilation.GetDiagnostics().FirstOrDefault(found => found.Severity is DiagnosticSeverity.Error);
        if (error is not null)
        {
            throw new InvalidOperationException($"the drivers do not compile: {error}");
        }

        start = Stopwatch.GetTimestamp();
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(s_analyzers, document.Project.AnalyzerOptions);
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, null, default);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return found.IsEmpty
            ? (generation, milliseconds)
            : throw new InvalidOperationException($"something is reported of a shipped driver: {found[0]}");
    }

    private static double Median(List<double> milliseconds) => milliseconds.Skip(WarmRuns).Order().ElementAt(Runs / 2);

    /// <summary>The generators, as a project refers to them.</summary>
    private sealed class GeneratorReference : AnalyzerReference
    {
        private static readonly ImmutableArray<ISourceGenerator> s_generators =
        [
            .. typeof(DiskStructGenerator).Assembly.GetTypes()
                .Where(type => type.GetCustomAttribute<GeneratorAttribute>() is not null)
                .Select(type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator()),
        ];

        public override string? FullPath => null;

        public override object Id => nameof(GeneratorReference);

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => s_generators;

        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => s_generators;
    }
}
