using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Analyzers;

/// <summary>Reports what keeps the driver of an <c>ImageFormat</c> from being generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ImageFormatAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        RuleCatalogue.Descriptors(DeclarationRules.All, ImageRules.All, MarkerRules.All, WriteOrderRules.All);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(
            static symbol => DeclarationReport.Report(symbol, "ImageFormat", ImageParser.Parse),
            SymbolKind.NamedType);
    }
}
