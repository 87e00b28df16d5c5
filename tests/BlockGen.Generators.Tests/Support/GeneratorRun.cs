using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BlockGen.Generators.Tests;

/// <summary>Runs the generators over sources, as a compiler with the library's assembly does.</summary>
internal sealed class GeneratorRun
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    // What a project's implicit usings are.
    private const string GlobalUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(DiskStructAttribute).Assembly.Location),
    ];

    // A driver's settings: nullable, every warning an error, documentation demanded. The last two ids stem from
    // coverage tools, which rewrite the library against an older core assembly.
    private static readonly CSharpCompilationOptions Options =
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            checkOverflow: true)
        .WithSpecificDiagnosticOptions(
        [
            new("CS1701", ReportDiagnostic.Suppress),
            new("CS1702", ReportDiagnostic.Suppress),
        ]);

    private GeneratorRun(CSharpCompilation input, GeneratorDriver driver)
    {
        Input = input;
        Driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> reported);
        Output = output;
        Reported = reported;
    }

    /// <summary>The compilation before generation.</summary>
    public CSharpCompilation Input { get; }

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Output { get; }

    /// <summary>What the generators reported; an exception in one is reported here.</summary>
    public ImmutableArray<Diagnostic> Reported { get; }

    public GeneratorDriver Driver { get; }

    public GeneratorDriverRunResult Result => Driver.GetRunResult();

    /// <summary>
    /// Errors of the compilation with the generated files; warnings count as errors. Only what is generated must be
    /// documented.
    /// </summary>
    public ImmutableArray<Diagnostic> Errors =>
    [
        .. Output.GetDiagnostics().Where(diagnostic =>
            diagnostic.Severity is DiagnosticSeverity.Error
            && (diagnostic.Id != "CS1591" || IsGenerated(diagnostic.Location.SourceTree))),
    ];

    /// <summary>Errors in generated files alone: much quicker than a whole compilation's.</summary>
    public IEnumerable<Diagnostic> GeneratedErrors => Result.GeneratedTrees
        .SelectMany(tree => Output.GetSemanticModel(tree).GetDiagnostics())
        .Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);

    private bool IsGenerated(SyntaxTree? tree) => tree is not null && !Input.ContainsSyntaxTree(tree);

    /// <summary>The only generated file.</summary>
    public string Source => Assert.Single(Result.GeneratedTrees).ToString();

    public static IIncrementalGenerator[] AllGenerators =>
    [
        new DiskStructGenerator(),
        new TableEntryGenerator(),
        new CreateOptionsGenerator(),
        new FormatListGenerator(),
        new ImageGenerator(),
    ];

    public static GeneratorRun Of(params string[] sources) => Of(AllGenerators, sources);

    /// <summary>Sources with top-level statements.</summary>
    public static GeneratorRun OfProgram(params string[] sources) =>
        Of(AllGenerators, Options.WithOutputKind(OutputKind.ConsoleApplication), sources);

    public static GeneratorRun Of(IIncrementalGenerator[] generators, params string[] sources) =>
        Of(generators, Options, sources);

    private static GeneratorRun Of(
        IIncrementalGenerator[] generators, CSharpCompilationOptions settings, params string[] sources)
    {
        IEnumerable<SyntaxTree> trees = sources.Append(GlobalUsings).Select(Parse);
        CSharpCompilation compilation = CSharpCompilation.Create("Sample", trees, References, settings);
        GeneratorDriverOptions options = new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            generators.Select(generator => generator.AsSourceGenerator()), parseOptions: ParseOptions, driverOptions: options);
        return new GeneratorRun(compilation, driver);
    }

    /// <summary>Runs again after a source was replaced.</summary>
    public GeneratorRun Edit(int source, string text)
    {
        SyntaxTree before = Input.SyntaxTrees[source];
        return new GeneratorRun(Input.ReplaceSyntaxTree(before, Parse(text, source)), Driver);
    }

    private static SyntaxTree Parse(string text, int index) =>
        CSharpSyntaxTree.ParseText(text, ParseOptions, path: $"Source{index}.cs");
}
