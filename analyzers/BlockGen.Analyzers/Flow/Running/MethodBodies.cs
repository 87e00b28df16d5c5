using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace BlockGen.Analyzers;

/// <summary>The bodies of a compilation, as analyzers are shown them: none of generated code.</summary>
internal sealed class MethodBodies
{
    private readonly ConcurrentDictionary<ISymbol, MethodBody> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<MethodBody> _initializers = [];

    public void Add(MethodBody body)
    {
        if (body.Owner is not IMethodSymbol || !_bodies.TryAdd(body.Owner, body))
        {
            _initializers.Add(body);
        }
    }

    public MethodBody? Of(IMethodSymbol method)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        return _bodies.TryGetValue(definition.PartialImplementationPart ?? definition, out MethodBody? body) ? body : null;
    }

    /// <summary>Every body, in the order of the sources.</summary>
    public IReadOnlyList<MethodBody> All()
    {
        List<MethodBody> bodies = [.. _bodies.Values, .. _initializers];
        bodies.Sort(static (left, right) =>
        {
            (SyntaxNode first, SyntaxNode second) = (left.Block.Syntax, right.Block.Syntax);
            int order = string.CompareOrdinal(first.SyntaxTree.FilePath, second.SyntaxTree.FilePath);
            return order != 0 ? order : first.SpanStart - second.SpanStart;
        });
        return bodies;
    }
}

/// <summary>A body or initializer.</summary>
/// <param name="Owner">The method, field or property that it belongs to.</param>
/// <param name="Block">Its operations.</param>
/// <param name="Graph">Its control flow.</param>
internal sealed record MethodBody(ISymbol Owner, IOperation Block, ControlFlowGraph Graph);
