using System.Collections.Concurrent;
using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Analyzers;

/// <summary>Reports formats of one assembly that get into each other's way.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FormatConflictAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [FormatConflictRules.MagicShadowed, FormatConflictRules.NameTaken];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            ConcurrentBag<FormatIdentity> formats = [];
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (FormatIdentity.Of((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken) is { } format)
                    {
                        formats.Add(format);
                    }
                },
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end =>
                Report(end, [.. formats.OrderBy(format => format, FormatIdentity.ProbeOrder)]));
        });
    }

    private static void Report(CompilationAnalysisContext context, ImmutableArray<FormatIdentity> formats)
    {
        for (int i = 0; i < formats.Length; i++)
        {
            FormatIdentity format = formats[i];
            ImmutableArray<FormatIdentity> earlier = formats.RemoveRange(i, formats.Length - i);
            if (earlier.FirstOrDefault(other => other.Name == format.Name) is { } namesake)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    FormatConflictRules.NameTaken, format.Location, format.TypeName, namesake.TypeName, format.Name));
            }
            else if (earlier.FirstOrDefault(other => other.Recognises(format)) is { } hiding)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    FormatConflictRules.MagicShadowed, format.Location, format.Name, hiding.Name));
            }
        }
    }
}
