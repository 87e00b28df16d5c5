using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BlockGen.Analyzers;

/// <summary>One member's code, with its operations listed once for all rules.</summary>
internal sealed class AsyncBody
{
    private readonly OperationBlockAnalysisContext _context;

    public AsyncBody(OperationBlockAnalysisContext context)
    {
        _context = context;
        Operations =
        [
            .. context.OperationBlocks
                .Where(block => block.Kind is not OperationKind.Attribute)
                .SelectMany(block => block.DescendantsAndSelf())
                .Where(operation => operation.Kind is not (OperationKind.Literal or OperationKind.Argument)),
        ];
    }

    public ISymbol Owner => _context.OwningSymbol;

    /// <summary>Operations in source order, those of lambdas and local functions among them.</summary>
    public ImmutableArray<IOperation> Operations { get; }

    public IEnumerable<IInvocationOperation> Calls => Operations.OfType<IInvocationOperation>();

    /// <summary>In a library that uses BlockGen all code is; in an application, what uses BlockGen's types.</summary>
    public bool IsBlockCode =>
        _context.Compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary
        || Operations.Any(operation => operation.Type.IsOfBlockGen());

    /// <summary>Tests run on threads of their own and are stopped by their runner.</summary>
    public bool IsTestCode => _context.Compilation.ReferencedAssemblyNames.Any(assembly =>
        assembly.Name.StartsWith("xunit", StringComparison.OrdinalIgnoreCase)
        || assembly.Name.StartsWith("nunit", StringComparison.OrdinalIgnoreCase)
        || assembly.Name.StartsWith("Microsoft.VisualStudio.TestPlatform.TestFramework", StringComparison.Ordinal));

    public IEnumerable<ControlFlowGraph> Graphs => _context.OperationBlocks
        .Where(block => block.Kind is not (OperationKind.Attribute or OperationKind.ParameterInitializer))
        .Select(_context.GetControlFlowGraph);

    public void Report(DiagnosticDescriptor rule, SyntaxNode place, params object[] words) =>
        _context.ReportDiagnostic(Diagnostic.Create(rule, place.GetLocation(), words));

    public void Report(DiagnosticDescriptor rule, Location place, params object[] words) =>
        _context.ReportDiagnostic(Diagnostic.Create(rule, place, words));
}
