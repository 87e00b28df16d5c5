using System.Collections.Concurrent;
using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>Reports features of fields that refuse unknown ones, which are declared and then never mentioned.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnhandledFeatureAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UnhandledFeatureRule.Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            ConcurrentDictionary<ISymbol, bool> enums = new(SymbolEqualityComparer.Default);
            ConcurrentDictionary<ISymbol, bool> mentioned = new(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, enums), SymbolKind.NamedType);
            start.RegisterOperationAction(
                operation => Mention((IFieldReferenceOperation)operation.Operation, mentioned),
                OperationKind.FieldReference);
            start.RegisterCompilationEndAction(end => Report(end, enums, mentioned));
        });
    }

    /// <summary>A structure alone opens no image: its features are the business of the format whose header it is.</summary>
    private static void Collect(INamedTypeSymbol type, ConcurrentDictionary<ISymbol, bool> enums)
    {
        if (type.Declared("ImageFormat")?.Named("Header")?.Value is not INamedTypeSymbol header
            || header.Declared("DiskStruct") is null)
        {
            return;
        }

        foreach (IPropertySymbol field in header.GetMembers().OfType<IPropertySymbol>())
        {
            bool refuses = field.Declared("FeatureBits")?.Positional(0)?.Value is int unknown
                && field.Declared("FeatureBits")!.Positional(0)!.Value.Type?.GetMembers().OfType<IFieldSymbol>()
                    .Any(member => member.Name == "RefuseToOpen" && Equals(member.ConstantValue, unknown)) == true;
            if (refuses && field.Type.TypeKind is TypeKind.Enum)
            {
                enums.TryAdd(field.Type, true);
            }
        }
    }

    private static void Mention(IFieldReferenceOperation reference, ConcurrentDictionary<ISymbol, bool> mentioned)
    {
        if (reference.Field.ContainingType.TypeKind is TypeKind.Enum)
        {
            mentioned.TryAdd(reference.Field, true);
        }
    }

    private static void Report(
        CompilationAnalysisContext context,
        ConcurrentDictionary<ISymbol, bool> enums,
        ConcurrentDictionary<ISymbol, bool> mentioned)
    {
        foreach (INamedTypeSymbol features in enums.Keys.Cast<INamedTypeSymbol>())
        {
            ulong handled = mentioned.Keys.Cast<IFieldSymbol>()
                .Where(field => SymbolEqualityComparer.Default.Equals(field.ContainingType, features))
                .Aggregate(0UL, (bits, field) => bits | (AttributeReading.Bits(field.ConstantValue) ?? 0));
            foreach (IFieldSymbol feature in features.GetMembers().OfType<IFieldSymbol>())
            {
                if (feature.Locations[0].IsInSource
                    && AttributeReading.Bits(feature.ConstantValue) is { } bits and not 0
                    && (bits & ~handled) != 0)
                {
                    context.ReportDiagnostic(
                        Diagnostic.Create(UnhandledFeatureRule.Descriptor, feature.Locations[0], feature.Name));
                }
            }
        }
    }
}
