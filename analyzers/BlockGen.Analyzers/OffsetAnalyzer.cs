using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>Reports guest offsets that become host offsets, and arithmetic that is widened when it is too late.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OffsetAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => OffsetRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("BlockGen.GuestReadBuffer") is not null)
            {
                start.RegisterOperationBlockAction(Analyze);
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        OffsetSpaces? spaces = null;
        foreach (IOperation block in context.OperationBlocks)
        {
            foreach (IOperation operation in block.DescendantsAndSelf())
            {
                switch (operation)
                {
                    case IConversionOperation conversion when LateWidening.Of(conversion) is { } computed:
                        context.ReportDiagnostic(Diagnostic.Create(
                            OffsetRules.WidenedLate,
                            computed.Syntax.GetLocation(),
                            computed.Syntax,
                            conversion.Type!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
                        break;
                    case IObjectCreationOperation or IBinaryOperation or IInvocationOperation:
                        spaces ??= new OffsetSpaces(context.OperationBlocks);
                        if (spaces.Confusion(operation) is { } confusion)
                        {
                            context.ReportDiagnostic(Diagnostic.Create(
                                OffsetRules.Confused,
                                confusion.Place.Syntax.GetLocation(),
                                confusion.Place.Syntax,
                                confusion.Is,
                                confusion.UsedAs));
                        }

                        break;
                }
            }
        }
    }
}
