using System.Collections.Concurrent;
using System.Collections.Immutable;
using BlockGen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Analyzers;

/// <summary>Reports members of the enum of a <c>FeatureBits</c> field that are counted instead of shifted.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FeatureFlagAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [FeatureFlagRule.Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            // Several fields may share an enum.
            ConcurrentDictionary<ISymbol, bool> seen = new(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol => Analyze(symbol, seen), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, ConcurrentDictionary<ISymbol, bool> seen)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.Declared("DiskStruct") is null)
        {
            return;
        }

        foreach (IPropertySymbol field in type.GetMembers().OfType<IPropertySymbol>())
        {
            bool hasFeatures = field.Declared("FeatureBits") is not null && field.Type.TypeKind is TypeKind.Enum;
            if (hasFeatures && seen.TryAdd(field.Type, true))
            {
                foreach (IFieldSymbol feature in field.Type.GetMembers().OfType<IFieldSymbol>())
                {
                    Report(context, feature);
                }
            }
        }
    }

    private static void Report(SymbolAnalysisContext context, IFieldSymbol feature)
    {
        if (AttributeReading.Bits(feature.ConstantValue) is { } bits
            && (bits & unchecked(bits - 1)) != 0
            && feature.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken)
                is EnumMemberDeclarationSyntax syntax
            && !IsCombination(syntax.EqualsValue?.Value))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                FeatureFlagRule.Descriptor, syntax.Identifier.GetLocation(), feature.Name, $"0x{bits:x}"));
        }
    }

    /// <summary>Whether the author wrote that several bits are meant.</summary>
    private static bool IsCombination(ExpressionSyntax? value) =>
        value is not null
        && value.DescendantNodesAndSelf().Any(node =>
            node is IdentifierNameSyntax || node.IsKind(SyntaxKind.BitwiseOrExpression));
}
