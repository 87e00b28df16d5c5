using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BlockGen.Analyzers;

/// <summary>What a delegate calls: a method, or a lambda with the graph that it stands in.</summary>
/// <param name="Method">The method.</param>
/// <param name="Lambda">The lambda; null for a method.</param>
/// <param name="Graph">The graph of what holds the lambda.</param>
internal sealed record CallTarget(IMethodSymbol Method, IFlowAnonymousFunctionOperation? Lambda, ControlFlowGraph? Graph)
{
    /// <summary>What is known of the object whose method it is.</summary>
    public FlowValue Receiver { get; init; } = FlowValue.Clean;
}
