using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BlockGen.Analyzers;

/// <summary>Reports mistakes in waiting, cancelling and claiming.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => AsyncRules.All;

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
        AsyncBody body = new(context);
        if (!body.IsBlockCode)
        {
            return;
        }

        if (!body.IsTestCode)
        {
            BlockingWaits.Check(body);
            Tokens.Check(body);
        }

        AsyncVoids.Check(body);
        DroppedResults.Check(body);
        Claims.Check(body);
        ValueTasks.Check(body);
    }
}
