using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace BlockGen.Analyzers.Tests;

/// <summary>
/// Runs every analyzer over a case, after the generators and as a compiler does. What is reported must be exactly what
/// is marked, and a pragma must be able to suppress it.
/// </summary>
internal sealed class RuleVerifier : CSharpAnalyzerTest<DiskStructAnalyzer, DefaultVerifier>
{
    private RuleVerifier(RuleCase rule)
    {
        TestCode = rule.Markup;
        TestState.Sources.Add(("/0/Parts.cs", Sample.Parts));
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(Net100.References.All);
        TestState.AdditionalReferences.Add(typeof(DiskStructAttribute).Assembly);
        TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck;
        MarkupOptions = MarkupOptions.UseFirstDescriptor;
        CompilerDiagnostics = rule.Compiles ? CompilerDiagnostics.Errors : CompilerDiagnostics.None;
    }

    /// <summary>Verifies the case at that index; id and kind are there to be read in the list of tests.</summary>
    public static async Task VerifyAsync(string id, string kind, int index)
    {
        RuleCase rule = RuleCases.All[index];
        Assert.Equal((id, kind), (rule.Id, rule.Kind.ToString()));
        await new RuleVerifier(rule).RunAsync();
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => AnalyzerRun.Analyzers;

    protected override IEnumerable<Type> GetSourceGenerators() => AnalyzerRun.Generators;

    protected override ParseOptions CreateParseOptions() => AnalyzerRun.ParseOptions;
}
