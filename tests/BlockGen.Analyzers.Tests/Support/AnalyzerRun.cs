using System.Collections.Immutable;
using System.Reflection;
using Basic.Reference.Assemblies;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Analyzers.Tests;

/// <summary>Runs the generators and then every analyzer over sources.</summary>
internal static class AnalyzerRun
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(DiskStructAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(System.IO.Hashing.Crc32).Assembly.Location),
    ];

    private static readonly CSharpCompilationOptions Options =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>One of each analyzer that the assembly offers.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(DiskStructAnalyzer).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static ImmutableArray<Type> Generators { get; } =
    [
        .. typeof(DiskStructGenerator).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<GeneratorAttribute>() is not null),
    ];

    /// <summary>Sources with what is generated for them.</summary>
    public static Compilation Compile(params string[] sources)
    {
        CSharpCompilation input = CSharpCompilation.Create(
            "Sample",
            sources.Select((text, index) => CSharpSyntaxTree.ParseText(text, ParseOptions, path: $"Source{index}.cs")),
            References,
            Options);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            Generators.Select(type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator()),
            parseOptions: ParseOptions);
        driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _);
        return output;
    }

    /// <summary>What the analyzers report; an exception in one is reported as AD0001.</summary>
    public static Task<ImmutableArray<Diagnostic>> ReportAsync(params string[] sources) =>
        ReportAsync(Compile(sources));

    /// <summary>What the analyzers report; an exception in one is reported as AD0001.</summary>
    public static Task<ImmutableArray<Diagnostic>> ReportAsync(
        Compilation compilation, params AdditionalText[] additionalFiles) => compilation
            .WithAnalyzers(Analyzers, new AnalyzerOptions([.. additionalFiles]))
            .GetAnalyzerDiagnosticsAsync();
}
