using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BlockGen.Analyzers;

/// <summary>Reports where guest memory and numbers from a disk get to where they must not.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DataFlowAnalyzer : DiagnosticAnalyzer
{
    /// <summary>A file of this name among the additional files has tables of the project's own.</summary>
    internal const string TableFile = "BlockGen.taint.txt";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. GuestDataRules.All, .. UntrustedRules.All];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("BlockGen.GuestReadBuffer") is null)
            {
                return;
            }

            MethodBodies bodies = new();
            start.RegisterOperationBlockAction(block => Collect(block, bodies));
            start.RegisterCompilationEndAction(end => Report(end, bodies));
        });
    }

    private static void Collect(OperationBlockAnalysisContext context, MethodBodies bodies)
    {
        foreach (IOperation block in context.OperationBlocks)
        {
            if (block.Kind is not (OperationKind.Attribute or OperationKind.ParameterInitializer))
            {
                ControlFlowGraph graph = context.GetControlFlowGraph(block);
                bodies.Add(new MethodBody(context.OwningSymbol, block, graph));
            }
        }
    }

    private static void Report(CompilationAnalysisContext context, MethodBodies bodies)
    {
        IEnumerable<string> own = context.Options.AdditionalFiles
            .Where(file => Path.GetFileName(file.Path) == TableFile)
            .Select(file => file.GetText(context.CancellationToken)?.ToString() ?? "");
        MemberTable table = MemberTable.Read(
            [BuiltInTables.Memory, BuiltInTables.Places, BuiltInTables.Numbers, .. own]);
        Findings findings = new();
        new FlowProgram(table, bodies, findings).Run(context.CancellationToken);
        foreach (Diagnostic finding in findings.All)
        {
            context.ReportDiagnostic(finding);
        }
    }
}
