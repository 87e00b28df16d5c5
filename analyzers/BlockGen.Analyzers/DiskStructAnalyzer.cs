using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Analyzers;

/// <summary>Reports what keeps a <c>DiskStruct</c> from being generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DiskStructAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        RuleCatalogue.Descriptors(DeclarationRules.All, StructureRules.All, FieldRules.All);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(
            static symbol => DeclarationReport.Report(symbol, "DiskStruct", DiskStructParser.Parse),
            SymbolKind.NamedType);
    }
}
