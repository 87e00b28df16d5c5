using Basic.Reference.Assemblies;
using BlockGen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace BlockGen.Analyzers.Tests;

/// <summary>
/// Applies a fix to a case one report after the other, and to all at once. Either way the result must be exactly what the case says, compile with what is generated for it, and have nothing left to report.
/// </summary>
internal sealed class FixVerifier : CSharpCodeFixTest<DiskStructAnalyzer, MakePartial, DefaultVerifier>
{
    private const string Usings =
        """
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        """;

    /// <summary>The two copies of a case share a header, and so its magic.</summary>
    private const string MagicShadowed = "BG1051";

    private readonly FixCase _example;

    private FixVerifier(FixCase example)
    {
        _example = example;
        TestCode = example.MarkedTwice;
        FixedCode = example.FixedTwice;
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        foreach (SolutionState state in new[] { TestState, FixedState })
        {
            state.Sources.Add(("/0/Parts.cs", Sample.Parts));
            state.Sources.Add(("/0/Usings.cs", Usings));
        }

        TestState.AdditionalReferences.AddRange(Net100.References.All);
        TestState.AdditionalReferences.Add(typeof(DiskStructAttribute).Assembly);
        TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck;
        DisabledDiagnostics.Add(MagicShadowed);
        MarkupOptions = MarkupOptions.UseFirstDescriptor;

        // A driver that is not generated leaves more errors than the mistake; the mended one must leave none, see below.
        CompilerDiagnostics = CompilerDiagnostics.None;

        // What follows a number through a project is known when all of it was seen.
        CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipLocalDiagnosticCheck;

        // A file and a project are parts of a solution, and are mended by the same code.
        CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllInDocumentCheck | CodeFixTestBehaviors.SkipFixAllInProjectCheck;
    }

    public static async Task VerifyAsync(FixCase example)
    {
        await new FixVerifier(example).RunAsync();
        Compilation mended = AnalyzerRun.Compile(example.FixedTwice, Sample.Parts, Usings);
        Assert.Empty(mended.GetDiagnostics().Where(problem => problem.Severity is DiagnosticSeverity.Error));
        Assert.Empty((await AnalyzerRun.ReportAsync(mended)).Where(problem => problem.Id != MagicShadowed));
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => AnalyzerRun.Analyzers;

    protected override IEnumerable<Type> GetSourceGenerators() => AnalyzerRun.Generators;

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() =>
        FixCases.Providers.Where(provider => provider.FixableDiagnosticIds.Contains(_example.Id)
            && (_example.Provider is null || provider.GetType() == _example.Provider));

    protected override ParseOptions CreateParseOptions() => AnalyzerRun.ParseOptions;
}
