using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Analyzers;

/// <summary>Reports what keeps a <c>TableEntry</c> from being generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TableEntryAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        RuleCatalogue.Descriptors(DeclarationRules.All, EntryRules.All);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(
            static symbol =>
            {
                // A type that is both is reported as the structure it also is.
                if (symbol.Symbol.Declared("DiskStruct") is null)
                {
                    DeclarationReport.Report(symbol, "TableEntry", TableEntryParser.Parse);
                }
            },
            SymbolKind.NamedType);
    }
}
