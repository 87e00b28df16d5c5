using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Analyzers;

/// <summary>Reports what keeps <c>CreateOptions</c> from being generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CreateOptionsAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        RuleCatalogue.Descriptors(DeclarationRules.All, OptionRules.All);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(
            static symbol => DeclarationReport.Report(symbol, "CreateOptions", CreateOptionsParser.Parse),
            SymbolKind.NamedType);
    }
}
